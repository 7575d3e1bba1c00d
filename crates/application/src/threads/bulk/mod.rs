//! One act on many threads, in one transaction: done where the rules allow it, refused thread by thread.

mod plan;
mod undo;

pub use undo::undo_bulk_act;

use crate::access::{Access, Action, Caller};
use crate::ports::{BulkOutcome, BulkRecord, IdempotencyKey, Receipt, Store, ThreadTexts, Tx};
use crate::{Result, notifications};
use plan::Plan;
use threadwell_domain::thread::{Act, CloseReason};
use threadwell_domain::{BulkActId, ThreadId};

/// The most threads that one act takes.
pub const MOST_THREADS: usize = 200;

/// What staff want done to several threads.
#[derive(Clone, Debug)]
pub struct BulkRequest {
    /// To which; each once.
    pub threads: Vec<ThreadId>,
    /// What.
    pub act: Act,
    /// Why they are closed.
    pub reason: Option<CloseReason>,
}

/// What became of an act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulkAnswer {
    /// The act and its threads.
    pub record: BulkRecord,
    /// Whether this is the first answer given again.
    pub is_replay: bool,
}

impl BulkAnswer {
    /// How many threads came out so.
    pub fn count(&self, is_so: impl Fn(BulkOutcome) -> bool) -> usize {
        self.record.entries.iter().filter(|entry| is_so(entry.outcome)).count()
    }
}

/// Does one act to many threads. Threads are locked in the order of their ids, so that acts never wait in a ring.
///
/// # Errors
/// The role does not have the act, the idempotency key is taken, or the database is unavailable. What the rules refuse
/// for one thread is in the answer and keeps no other thread from being done.
pub fn act_on_threads(
    store: &dyn Store,
    caller: &Caller,
    request: &BulkRequest,
    key: Option<&IdempotencyKey>,
) -> Result<BulkAnswer> {
    store.transact(&Access::to(caller, action_of(request.act)), |tx| {
        let receipt = crate::once(tx, "thread.bulk", key, |tx| {
            let (id, at) = (BulkActId::new(tx.fresh_id()), tx.now());
            let plan = Plan::make(tx, request)?;
            tx.bulk_acts().keep(&plan.record(id, request.act, at, false))?;
            plan.carry_out(tx, texts_of(request), notifications::reassigned)?;
            if request.act == Act::MarkRead {
                plan.had_been_read(tx)?;
            }
            Ok(Receipt { bulk_act: Some(id), ..Receipt::default() })
        })?;
        answer(tx, &receipt)
    })
}

/// The act that a receipt names, with its threads.
fn answer(tx: &mut dyn Tx, receipt: &Receipt) -> Result<BulkAnswer> {
    let gone = || crate::Error::unavailable("an act was not kept with its receipt");
    let record = tx.bulk_acts().find(receipt.bulk_act.ok_or_else(gone)?)?.ok_or_else(gone)?;
    Ok(BulkAnswer { record, is_replay: receipt.is_replay })
}

/// The texts that an act writes beside the facts of each of its threads.
fn texts_of(request: &BulkRequest) -> ThreadTexts<'_> {
    let close_reason = match request.act {
        Act::Close => Some(request.reason.as_ref()),
        Act::Reopen => Some(None),
        Act::Assign(_)
        | Act::SetStatus(_)
        | Act::Archive
        | Act::Unarchive
        | Act::SetPriority(_)
        | Act::MarkRead
        | Act::MarkUnread => None,
    };
    ThreadTexts { close_reason, ..ThreadTexts::default() }
}

const fn action_of(act: Act) -> Action {
    match act {
        Act::Assign(_) => Action::BulkAssign,
        Act::SetStatus(_) => Action::BulkSetStatus,
        Act::Close => Action::BulkClose,
        Act::Reopen => Action::BulkReopen,
        Act::Archive => Action::BulkArchive,
        Act::Unarchive => Action::BulkUnarchive,
        Act::SetPriority(_) => Action::BulkSetPriority,
        Act::MarkRead => Action::BulkMarkRead,
        Act::MarkUnread => Action::BulkMarkUnread,
    }
}
