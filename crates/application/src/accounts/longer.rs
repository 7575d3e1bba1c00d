//! A right password that is too short to stand without a second factor: the factor went after it was chosen.

use super::reset::send_link;
use super::sign_in::{SignInRequest, record_refusal};
use super::verified::Verified;
use crate::access::{Access, Action, Caller, Omission};
use crate::ports::{AccountSecrets, FactorOwner, SignInThrottle, SlowedRequest, Store};
use crate::{Error, Result};
use threadwell_domain::TenantId;

/// Opens nothing, and has a link to a longer password mailed to the address on record: whoever knows the short one alone
/// gets no further by it.
pub(super) fn ask_for_longer<T>(
    store: &dyn Store,
    throttle: &dyn SignInThrottle,
    (visitor, attempt): (&Caller, &SignInRequest),
    (tenant, verified): (TenantId, Verified<'_>),
    secrets: &dyn AccountSecrets,
) -> Result<T> {
    let (audience, email, at) = (attempt.audience, verified.email, attempt.at);
    let address = attempt.request.ip;
    let asked = SlowedRequest { audience, tenant: Some(tenant), email: Some(email), address };
    let owner = FactorOwner::from(verified.record.owner);
    let mail_wait = match throttle.admit_request(&asked, at) {
        Ok(wait) => wait,
        Err(refusal) => return record_refusal(store, visitor, owner.recipient(), refusal),
    };
    store.transact(&Access::to(visitor, Action::RequestReset).about(owner), |tx| {
        verified.hold(tx)?;
        match mail_wait {
            None => send_link(tx, secrets, (tenant, audience, email), at),
            Some(_) => {
                tx.leave_out(Omission::ThrottledMail);
                Ok(())
            }
        }
    })?;
    record_refusal(store, visitor, owner.recipient(), Error::PasswordTooShort)
}
