//! The brake on tokens and tickets that are worth nothing.

use crate::access::{Access, Action, Caller};
use crate::ports::{FloodBrake, Store};
use crate::{Error, Result};
use threadwell_domain::Moment;

/// Somebody who brings a token or ticket.
#[derive(Clone, Copy)]
pub(super) struct Bringing<'a> {
    pub(super) store: &'a dyn Store,
    pub(super) brake: &'a dyn FloodBrake,
    pub(super) visitor: &'a Caller,
    /// What it is brought for.
    pub(super) action: Action,
    pub(super) at: Moment,
}

impl Bringing<'_> {
    /// Looks at what is brought, unless its address has brought too much that was worth nothing.
    pub(super) fn look<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.admit()?;
        let outcome = work();
        if let Err(Error::Session(_) | Error::RefreshReused | Error::InvalidLink) = &outcome {
            self.count_worthless()?;
        }
        outcome
    }

    /// Counts what was worth nothing, though nobody is told so.
    pub(super) fn count_worthless(&self) -> Result<()> {
        self.brake.count_worthless(self.visitor.request.ip, self.at)
    }

    /// The first refusal stays in the audit; a row for each would be what the brake is to prevent.
    fn admit(&self) -> Result<()> {
        let Some(flood) = self.brake.flood_of(self.visitor.request.ip, self.at)? else { return Ok(()) };
        let refusal = Error::RateLimited { retry_after: flood.retry_after };
        if !flood.is_new {
            return Err(refusal);
        }
        self.store.transact(&Access::to(self.visitor, self.action), |_| Err(refusal))
    }
}
