//! A ticket that is presented, and the counting of tries.

use super::{FactorTools, shown};
use crate::access::{Access, Action, Audience, Caller, Credential, RequestContext};
use crate::ports::{SecretText, Store, ThrottleKeys, Ticket, TicketKey, TicketPurpose, Tx};
use crate::{Error, Result};
use threadwell_domain::{Moment, Phi, TenantId};

/// A ticket as a visitor presents it.
#[derive(Clone, Debug)]
pub struct TicketRequest {
    /// At which of the two doors.
    pub audience: Audience,
    /// The practice that the ticket names. It only binds the transaction: a forged one finds nothing.
    pub tenant: TenantId,
    /// The keyed hash of its secret.
    pub hash: [u8; 32],
    /// The circumstances.
    pub request: RequestContext,
    /// Now.
    pub at: Moment,
}

impl TicketRequest {
    pub(super) fn visitor(&self) -> Caller {
        let credential =
            Credential::Visitor { audience: self.audience, tenant: Some(self.tenant), email: None };
        Caller { credential, request: self.request.clone() }
    }
}

/// A try that was counted: it may be looked at, once.
pub(super) struct Tried {
    pub(super) ticket: Ticket,
    /// The challenge that was waiting, out of its ticket now.
    pub(super) state: Option<SecretText>,
    email: Phi,
}

/// The good ticket of a purpose.
pub(super) fn good_ticket(
    tx: &mut dyn Tx,
    presented: &TicketRequest,
    purpose: TicketPurpose,
) -> Result<Option<Ticket>> {
    let ticket = tx.tickets().presented(TicketKey::Secret(&presented.hash))?;
    Ok(ticket.filter(|ticket| ticket.purpose == purpose))
}

/// Counts a try, against the ticket and as a sign-in, and then looks at it.
///
/// # Errors
/// `InvalidLink` for a ticket that is none or no longer one, `RateLimited`, and whatever `work` refuses with.
pub(super) fn try_once<T>(
    tools: &FactorTools<'_>,
    presented: &TicketRequest,
    (action, purpose): (Action, TicketPurpose),
    work: impl FnOnce(&mut dyn Tx, &Tried) -> Result<T>,
) -> Result<T> {
    let visitor = presented.visitor();
    let Some(tried) = count(tools.store, &visitor, presented, purpose)? else {
        return refuse(tools.store, &visitor, action, Error::InvalidLink);
    };
    let keys = ThrottleKeys {
        audience: presented.audience,
        tenant: Some(presented.tenant),
        email: &tried.email,
        address: presented.request.ip,
        device: None,
    };
    if let Err(refusal) = tools.throttle.admit(&keys, presented.at) {
        return refuse(tools.store, &visitor, action, refusal);
    }
    match tools.store.transact(&Access::to(&visitor, action), |tx| work(tx, &tried)) {
        Ok(done) => {
            tools.throttle.succeeded(&keys, presented.at)?;
            Ok(done)
        }
        Err(refusal) => {
            tools.throttle.failed(&keys, presented.at)?;
            Err(refusal)
        }
    }
}

fn count(
    store: &dyn Store,
    visitor: &Caller,
    presented: &TicketRequest,
    purpose: TicketPurpose,
) -> Result<Option<Tried>> {
    store.transact(&Access::to(visitor, Action::CountAttempt), |tx| {
        let Some(ticket) = good_ticket(tx, presented, purpose)? else { return Ok(None) };
        tx.tickets().count_attempt(ticket.id)?;
        let state = tx.tickets().take_state(ticket.id)?;
        let email = shown(tx, ticket.owner)?.email;
        Ok(Some(Tried { ticket, state, email }))
    })
}

/// Leaves the refusal in the audit, and gives it back.
pub(super) fn refuse<T>(store: &dyn Store, caller: &Caller, action: Action, refusal: Error) -> Result<T> {
    store.transact(&Access::to(caller, action), |_| Err(refusal))
}
