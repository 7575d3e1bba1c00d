//! Exchanging a refresh token for its successor.

use super::arrival::person_of;
use super::flood::Bringing;
use crate::access::{Access, Action, Audience, Caller, Credential, RequestContext, Subject};
use crate::ports::{AccountMail, FloodBrake, MailTo, PresentedRefresh, RefreshOutcome, SessionOwner, Store};
use crate::{Error, Result, SessionRefusal};
use threadwell_domain::{Moment, SessionId, TenantId};

/// A presented refresh token.
#[derive(Clone, Debug)]
pub struct RefreshRequest {
    /// Of which identity.
    pub audience: Audience,
    /// The practice that the token names. It only binds the transaction: a forged one finds nothing.
    pub tenant: TenantId,
    /// The token and its successor, hashed.
    pub presented: PresentedRefresh,
    /// The circumstances.
    pub request: RequestContext,
    /// Now.
    pub at: Moment,
}

/// A session that goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refreshed {
    /// Which session.
    pub session: SessionId,
    /// Whose.
    pub owner: SessionOwner,
}

/// Exchanges the token. A consumed one whose successor was used revokes the session, and that stays; a mail tells of it.
///
/// # Errors
/// The token is unknown or consumed, the session ended, `RateLimited`, or the database is unavailable.
pub fn refresh(store: &dyn Store, brake: &dyn FloodBrake, attempt: &RefreshRequest) -> Result<Refreshed> {
    let credential =
        Credential::Visitor { audience: attempt.audience, tenant: Some(attempt.tenant), email: None };
    let visitor = Caller { credential, request: attempt.request.clone() };
    let bringing = Bringing { store, brake, visitor: &visitor, action: Action::Refresh, at: attempt.at };
    bringing.look(
        |tx| tx.sessions().knows_refresh(&attempt.presented.hash),
        || exchange(store, &visitor, attempt),
    )
}

fn exchange(store: &dyn Store, visitor: &Caller, attempt: &RefreshRequest) -> Result<Refreshed> {
    let outcome = store.transact(&Access::to(visitor, Action::Refresh), |tx| {
        match tx.sessions().exchange(&attempt.presented)? {
            RefreshOutcome::Unknown => Err(Error::Session(SessionRefusal::Invalid)),
            RefreshOutcome::Expired => Err(Error::Session(SessionRefusal::Expired)),
            RefreshOutcome::Reused { session, owner } => {
                let to = MailTo::Person(person_of(owner));
                tx.outbox().account_mail(AccountMail::SessionStolen, to, None)?;
                // Whoever has the token may have the device's secret too.
                tx.devices().forget_device_of(person_of(owner), session)?;
                Ok(Err((session, person_of(owner))))
            }
            RefreshOutcome::Continued { session, owner } => Ok(Ok(Refreshed { session, owner })),
        }
    })?;
    outcome.or_else(|(session, person)| {
        let access = Access::to(visitor, Action::RefreshReuse);
        let access = access.about(person).about(Subject::Session(session));
        store.transact(&access, |_| Err(Error::RefreshReused))
    })
}
