//! The worker's part: new messages first, then a rebuild in small steps.

use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{RebuildStep, SetAside, Store, Tx, Work};
use threadwell_domain::{Moment, TenantId};
use uuid::Uuid;

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
            let new = self.index_waiting(tenant, &caller)?;
            total.new += new;
            if new > 0 {
                continue;
            }
            let step = match self.rebuild_step(&caller, self.batch) {
                Ok(step) => step,
                Err(error) => {
                    tracing::warn!(%tenant, %error, "messages are rebuilt one by one");
                    self.rebuild_singly(tenant, &caller)?
                }
            };
            total.rebuilt += step.rows;
            if step.is_complete {
                break;
            }
        }
        Ok(())
    }

    /// Indexes what is due. Where that fails each message is tried by itself, so that one holds up no other.
    fn index_waiting(&self, tenant: TenantId, caller: &Caller) -> Result<usize> {
        let jobs = self.in_transaction(caller, |tx| tx.search_index().waiting(self.batch))?;
        if jobs.is_empty() {
            return Ok(0);
        }
        match self.in_transaction(caller, |tx| tx.search_index().index_new(&jobs)) {
            Ok(done) => Ok(done),
            Err(error) => {
                tracing::warn!(%tenant, %error, jobs = jobs.len(), "new messages are indexed one by one");
                jobs.iter().try_fold(0, |done, job| Ok(done + self.index_alone(tenant, caller, *job)?))
            }
        }
    }

    fn index_alone(&self, tenant: TenantId, caller: &Caller, job: Uuid) -> Result<usize> {
        let Err(error) = self.in_transaction(caller, |tx| tx.search_index().index_new(&[job])) else {
            return Ok(1);
        };
        match self.in_transaction(caller, |tx| tx.search_index().set_aside(job))? {
            SetAside::Waiting => tracing::warn!(%tenant, %job, %error, "a message was not indexed"),
            SetAside::GivenUp => {
                tracing::error!(%tenant, %job, %error, "a message cannot be indexed and is not found by its text");
            }
        }
        Ok(1)
    }

    fn rebuild_step(&self, caller: &Caller, limit: i64) -> Result<RebuildStep> {
        self.in_transaction(caller, |tx| {
            let step = tx.search_index().rebuild_step(limit)?;
            if step.is_complete {
                tx.search_index().rest()?;
            }
            Ok(step)
        })
    }

    /// Goes through the messages of a step one by one, and passes over the one that fails.
    fn rebuild_singly(&self, tenant: TenantId, caller: &Caller) -> Result<RebuildStep> {
        let mut rows = 0;
        for _ in 0..self.batch {
            match self.rebuild_step(caller, 1) {
                Ok(step) if step.is_complete => return Ok(RebuildStep { rows, is_complete: true }),
                Ok(step) => rows += step.rows,
                Err(error) => {
                    let passed_over = self.in_transaction(caller, |tx| tx.search_index().pass_over())?;
                    let Some(message) = passed_over else { return Err(error) };
                    tracing::warn!(%tenant, %message, %error, "a rebuild passed over a message");
                    rows += 1;
                }
            }
        }
        Ok(RebuildStep { rows, is_complete: false })
    }

    fn in_transaction<T>(&self, caller: &Caller, work: impl FnOnce(&mut dyn Tx) -> Result<T>) -> Result<T> {
        self.store.transact(&Access::to(caller, Action::IndexMessages), work)
    }
}
