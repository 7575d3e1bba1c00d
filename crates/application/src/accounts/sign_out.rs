//! Leaving.

use crate::Result;
use crate::access::{Access, Action, Audience, Caller, Credential, RequestContext};
use crate::ports::Store;
use threadwell_domain::{SessionId, TenantId};

/// Ends the session that a refresh token belongs to; a token that nobody knows ends nothing and is no error.
///
/// # Errors
/// The database is unavailable.
pub fn sign_out_by_refresh(
    store: &dyn Store,
    audience: Audience,
    tenant: TenantId,
    hash: &[u8; 32],
    request: RequestContext,
) -> Result<()> {
    let visitor = leaving(audience, tenant, request);
    store.transact(&Access::to(&visitor, Action::SignOut), |tx| tx.sessions().revoke_by_refresh(hash))
}

/// Ends the session of a verified access token.
///
/// # Errors
/// The database is unavailable.
pub fn sign_out_session(
    store: &dyn Store,
    audience: Audience,
    tenant: TenantId,
    session: SessionId,
    request: RequestContext,
) -> Result<()> {
    let visitor = leaving(audience, tenant, request);
    store.transact(&Access::to(&visitor, Action::SignOut), |tx| tx.sessions().revoke(session))
}

const fn leaving(audience: Audience, tenant: TenantId, request: RequestContext) -> Caller {
    Caller { credential: Credential::Visitor { audience, tenant: Some(tenant), email: None }, request }
}
