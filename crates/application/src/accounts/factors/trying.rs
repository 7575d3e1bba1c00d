//! A ticket that is presented, and the counting of tries.

use super::{FactorTools, SessionOpening, shown};
use crate::access::{Access, Action, Audience, Caller, Credential, RequestContext};
use crate::accounts::arrival::{Arrival, known_device};
use crate::accounts::flood::Bringing;
use crate::ports::{SecretText, SessionDevice, Store, ThrottleKeys, Ticket, TicketKey, TicketPurpose, Tx};
use crate::{Error, Result};
use threadwell_domain::{Moment, Phi, TenantId};
use zeroize::Zeroizing;

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
    /// The device, by what the ticket keeps of it and what this request says.
    pub(super) arrival: Arrival,
    email: Phi,
    /// The device's keyed hash, if the person knows it: strangers cannot hold it up.
    device: Option<[u8; 32]>,
    /// Whether the practice's staff come from other addresses: then nothing is looked at.
    is_outside: bool,
}

/// The good ticket of a purpose.
fn good_ticket(tx: &mut dyn Tx, presented: &TicketRequest, purpose: TicketPurpose) -> Result<Option<Ticket>> {
    let ticket = tx.tickets().presented(TicketKey::Secret(&presented.hash))?;
    Ok(ticket.filter(|ticket| ticket.purpose == purpose))
}

/// Counts a try, against the ticket and as a sign-in, and then looks at it.
///
/// # Errors
/// `InvalidLink` for a ticket that is none or no longer one, `AddressNotAllowed`, `RateLimited`, and whatever `work` refuses
/// with.
pub(super) fn try_once<T>(
    tools: &FactorTools<'_>,
    (presented, opening): (&TicketRequest, &SessionOpening<'_>),
    (action, purpose): (Action, TicketPurpose),
    work: impl FnOnce(&mut dyn Tx, &Tried) -> Result<T>,
) -> Result<T> {
    let visitor = presented.visitor();
    let is_good = |tx: &mut dyn Tx| Ok(good_ticket(tx, presented, purpose)?.is_some());
    let tried = bringing(tools, presented, &visitor, action).look(is_good, || {
        let tried = count(tools.store, &visitor, (presented, opening), purpose)?;
        tried.map_or_else(|| refuse_ticket(tools.store, &visitor, action, presented), Ok)
    })?;
    let keys = ThrottleKeys {
        audience: presented.audience,
        tenant: Some(presented.tenant),
        email: &tried.email,
        address: presented.request.ip,
        device: tried.device,
    };
    let access = Access::to(&visitor, action).about(tried.ticket.owner);
    if tried.is_outside {
        return tools.store.transact(&access, |_| Err(Error::AddressNotAllowed));
    }
    if let Err(refusal) = tools.throttle.admit(&keys, presented.at) {
        return tools.store.transact(&access, |_| Err(refusal));
    }
    match tools.store.transact(&access, |tx| work(tx, &tried)) {
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

/// Looks at a ticket without a guess, unless its address has brought too many that were none.
pub(super) fn look_at_ticket<T>(
    tools: &FactorTools<'_>,
    presented: &TicketRequest,
    (action, purpose): (Action, TicketPurpose),
    work: impl FnOnce(&mut dyn Tx, &Ticket) -> Result<T>,
) -> Result<T> {
    let visitor = presented.visitor();
    let is_good = |tx: &mut dyn Tx| Ok(good_ticket(tx, presented, purpose)?.is_some());
    bringing(tools, presented, &visitor, action).look(is_good, || {
        tools.store.transact(&Access::to(&visitor, action), |tx| {
            let ticket = good_ticket(tx, presented, purpose)?.ok_or(Error::InvalidLink)?;
            if tx.sessions().is_outside()? {
                return Err(Error::AddressNotAllowed);
            }
            work(tx, &ticket)
        })
    })
}

fn bringing<'a>(
    tools: &FactorTools<'a>,
    presented: &TicketRequest,
    visitor: &'a Caller,
    action: Action,
) -> Bringing<'a> {
    Bringing { store: tools.store, brake: tools.throttle, visitor, action, at: presented.at }
}

fn count(
    store: &dyn Store,
    visitor: &Caller,
    (presented, opening): (&TicketRequest, &SessionOpening<'_>),
    purpose: TicketPurpose,
) -> Result<Option<Tried>> {
    store.transact(&Access::to(visitor, Action::CountAttempt), |tx| {
        let Some(ticket) = good_ticket(tx, presented, purpose)? else { return Ok(None) };
        tx.tickets().count_attempt(ticket.id)?;
        let state = tx.tickets().take_state(ticket.id)?;
        let email = shown(tx, ticket.owner)?.email;
        let arrival = arrival_of(&ticket, opening.arrival);
        let person = (presented.tenant, ticket.owner.recipient());
        let device = known_device(tx, opening.accounts, person, &arrival)?;
        let is_outside = tx.sessions().is_outside()?;
        Ok(Some(Tried { ticket, state, arrival, email, device, is_outside }))
    })
}

/// The device: where it is now and its cookie come with this request, its name came with the password.
fn arrival_of(ticket: &Ticket, now: &Arrival) -> Arrival {
    let told = ticket.device.secret.as_ref().map(|secret| Zeroizing::new(secret.expose().to_owned()));
    Arrival {
        device_secret: told.or_else(|| now.device_secret.clone()),
        device: SessionDevice { name: ticket.device.name.clone(), ..now.device.clone() },
        is_remembered: ticket.device.is_remembered,
    }
}

/// Refuses a ticket that is none or no longer one; the audit names whose it was.
fn refuse_ticket<T>(
    store: &dyn Store,
    visitor: &Caller,
    action: Action,
    presented: &TicketRequest,
) -> Result<T> {
    store.transact(&Access::to(visitor, action), |tx| {
        tx.tickets().presented(TicketKey::Secret(&presented.hash))?;
        Err(Error::InvalidLink)
    })
}

/// Leaves the refusal in the audit, and gives it back.
pub(super) fn refuse<T>(store: &dyn Store, caller: &Caller, action: Action, refusal: Error) -> Result<T> {
    store.transact(&Access::to(caller, action), |_| Err(refusal))
}
