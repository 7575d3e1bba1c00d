//! Acts on many threads at once, kept so that their answer can be repeated and they can be taken back.

use super::ReadCursor;
use crate::Result;
use threadwell_domain::thread::{Act, Before};
use threadwell_domain::{BulkActId, Moment, ThreadId};

/// Why an act left one of its threads alone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BulkRefusal {
    /// There is no such thread, or the actor may not know that there is.
    NotFound,
    /// The status table forbids it.
    IllegalTransition,
    /// The step exists, but not for this role.
    Forbidden,
    /// There is no such person or team, or they could not see the thread.
    AssigneeNotFound,
    /// The thread has moved on since.
    VersionMismatch,
}

/// What became of one thread.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BulkOutcome {
    /// The act was done.
    Done,
    /// The thread was so already.
    Unchanged,
    /// The act left it alone.
    Refused(BulkRefusal),
}

/// What a thread was before an act, and what the act left; enough to take it back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Footprint {
    /// What it was.
    pub before: Before,
    /// The version that the act left.
    pub left_version: i32,
    /// How far the actor had read, where the act concerns that.
    pub cursor: Option<ReadCursor>,
    /// How far the actor had read afterwards.
    pub left_cursor: Option<ReadCursor>,
}

/// One thread of an act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BulkEntry {
    /// The id that was asked for; perhaps nobody's.
    pub thread: ThreadId,
    /// What became of it.
    pub outcome: BulkOutcome,
    /// Where it was done.
    pub footprint: Option<Footprint>,
}

/// An act on several threads, or the taking back of one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulkRecord {
    /// Which.
    pub id: BulkActId,
    /// What was done, or taken back.
    pub act: Act,
    /// Whether this is the taking back.
    pub is_undo: bool,
    /// When.
    pub at: Moment,
    /// In the order in which they were asked for.
    pub entries: Vec<BulkEntry>,
}

/// The actor's own acts of the last day. Ids, codes and times; a reason of closing stays sealed as it was.
pub trait BulkActs {
    /// Keeps an act, before the threads are saved: the reasons of closing that it takes away are kept with it.
    ///
    /// # Errors
    /// An unavailable database.
    fn keep(&mut self, record: &BulkRecord) -> Result<()>;

    /// An act of the actor's own.
    ///
    /// # Errors
    /// An unavailable database.
    fn find(&mut self, id: BulkActId) -> Result<Option<BulkRecord>>;

    /// Takes the right to undo an act of the actor's own, done no earlier than `since`: it is had once.
    ///
    /// # Errors
    /// An unavailable database.
    fn take_for_undo(&mut self, id: BulkActId, since: Moment) -> Result<bool>;

    /// Gives a thread the reason of closing back that the act took away.
    ///
    /// # Errors
    /// An unavailable database.
    fn give_reason_back(&mut self, id: BulkActId, thread: ThreadId) -> Result<()>;
}
