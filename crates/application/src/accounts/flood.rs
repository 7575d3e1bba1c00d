//! The brake on tokens and tickets that are worth nothing.

use crate::access::{Access, Action, Caller};
use crate::ports::{FloodBrake, Store, Tx};
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
    /// Looks at what is brought, unless its address has brought too much that was worth nothing and this is no good
    /// either: whoever shares an address with a flood is not held up by it.
    pub(super) fn look<T>(
        &self,
        is_good: impl FnOnce(&mut dyn Tx) -> Result<bool>,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        self.admit(is_good)?;
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

    /// That an address floods stays in the audit once; a row for each refusal would be what the brake is to prevent, so
    /// the look at what is brought leaves none.
    fn admit(&self, is_good: impl FnOnce(&mut dyn Tx) -> Result<bool>) -> Result<()> {
        let Some(flood) = self.brake.flood_of(self.visitor.request.ip, self.at)? else { return Ok(()) };
        let refusal = Error::RateLimited { retry_after: flood.retry_after };
        let refused = match flood.is_new {
            true => self.store.transact(&Access::to(self.visitor, self.action), |_| Err(refusal)),
            false => Err(refusal),
        };
        match self.store.transact(&Access::to(self.visitor, Action::CheckLink), is_good)? {
            true => Ok(()),
            false => refused,
        }
    }
}
