//! The worker's part: new messages first, then a rebuild in small steps.

use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{Store, Tx, Work};
use threadwell_domain::{Moment, TenantId};

/// What one pass did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Indexed {
    /// New messages.
    pub new: usize,
    /// Rows that rebuilds were at.
    pub rebuilt: usize,
}

/// Fills the index of all practices. Several may run at once, here and on other machines.
pub struct Indexer<'a> {
    /// Where everything is.
    pub store: &'a dyn Store,
    /// How many messages one transaction takes.
    pub batch: i64,
    /// Whether to stop between two transactions.
    pub is_stopped: &'a dyn Fn() -> bool,
}

impl std::fmt::Debug for Indexer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Indexer").field("batch", &self.batch).finish_non_exhaustive()
    }
}

impl Indexer<'_> {
    /// Does everything that is due now. A practice that fails does not hold up the others.
    ///
    /// # Errors
    /// The list of practices cannot be had.
    pub fn run_due(&self, now: Moment) -> Result<Indexed> {
        let mut total = Indexed::default();
        for tenant in self.store.practices_with_due_work(Work::Search, now)? {
            if let Err(error) = self.run_practice(tenant, &mut total) {
                tracing::error!(%tenant, %error, "the search index of a practice failed");
            }
        }
        Ok(total)
    }

    /// New messages come before every step of a rebuild, so that none waits for it.
    fn run_practice(&self, tenant: TenantId, total: &mut Indexed) -> Result<()> {
        let caller = Caller::worker_of(tenant);
        while !(self.is_stopped)() {
            let new = self.in_transaction(&caller, |tx| tx.search_index().index_new(self.batch))?;
            total.new += new;
            if new > 0 {
                continue;
            }
            let step = self.in_transaction(&caller, |tx| {
                let step = tx.search_index().rebuild_step(self.batch)?;
                if step.is_complete {
                    tx.search_index().rest()?;
                }
                Ok(step)
            })?;
            total.rebuilt += step.rows;
            if step.is_complete {
                break;
            }
        }
        Ok(())
    }

    fn in_transaction<T>(&self, caller: &Caller, work: impl FnOnce(&mut dyn Tx) -> Result<T>) -> Result<T> {
        self.store.transact(&Access::to(caller, Action::IndexMessages), work)
    }
}
