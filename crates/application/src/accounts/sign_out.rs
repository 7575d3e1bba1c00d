//! Leaving.

use super::flood::Bringing;
use crate::Result;
use crate::access::{Access, Action, Audience, Caller, RequestContext};
use crate::ports::{FloodBrake, Store, Tx};
use threadwell_domain::{Moment, SessionId, TenantId};

/// Somebody who leaves.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// By which of the two doors.
    pub audience: Audience,
    /// The practice that the token names.
    pub tenant: TenantId,
    /// The circumstances.
    pub request: RequestContext,
    /// Now.
    pub at: Moment,
}

/// Ends the session that a refresh token belongs to; a token that nobody knows ends nothing and is no error.
///
/// # Errors
/// `RateLimited`, or the database is unavailable.
pub fn sign_out_by_refresh(
    store: &dyn Store,
    brake: &dyn FloodBrake,
    leaving: &Leaving,
    hash: &[u8; 32],
) -> Result<()> {
    leave(
        store,
        brake,
        leaving,
        (&|tx| tx.sessions().knows_refresh(hash), &|tx| tx.sessions().revoke_by_refresh(hash)),
    )
}

/// Ends the session of a verified access token.
///
/// # Errors
/// `RateLimited`, or the database is unavailable.
pub fn sign_out_session(
    store: &dyn Store,
    brake: &dyn FloodBrake,
    leaving: &Leaving,
    session: SessionId,
) -> Result<()> {
    leave(store, brake, leaving, (&|_| Ok(true), &|tx| tx.sessions().revoke(session)))
}

/// What is asked or done within a transaction.
type Step<'a> = &'a dyn Fn(&mut dyn Tx) -> Result<bool>;

fn leave(
    store: &dyn Store,
    brake: &dyn FloodBrake,
    leaving: &Leaving,
    (is_good, end): (Step<'_>, Step<'_>),
) -> Result<()> {
    let visitor = Caller::visitor(leaving.audience, leaving.tenant, leaving.request.clone());
    let bringing = Bringing { store, brake, visitor: &visitor, action: Action::SignOut, at: leaving.at };
    let is_ended =
        bringing.look(is_good, || store.transact(&Access::to(&visitor, Action::SignOut), |tx| end(tx)))?;
    if is_ended { Ok(()) } else { bringing.count_worthless() }
}
