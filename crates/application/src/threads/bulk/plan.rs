//! What an act is going to do to each of its threads: decided whole before anything is written.

use super::BulkRequest;
use crate::access::{Audience, StaffActor};
use crate::ports::{
    BulkEntry, BulkOutcome, BulkRecord, BulkRefusal, Footprint, ReadCursor, ThreadSight, ThreadTexts, Tx,
};
use crate::{Result, notifications, tell};
use std::collections::HashMap;
use threadwell_domain::thread::{Act, Assignee, Category, StatusRefusal, Thread, ThreadFacts, ThreadRefusal};
use threadwell_domain::{BulkActId, ChangeKind, Moment, ThreadId};

/// A thread that an act changes.
pub(super) struct Change {
    /// As it was.
    pub(super) before: ThreadFacts,
    /// As it will be; reading often moves the reader's cursor alone.
    pub(super) thread: Thread,
    /// How far the actor has read afterwards, where the act says so.
    pub(super) cursor: Option<ReadCursor>,
}

/// The fate of every thread, and the changes to be written.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) entries: Vec<BulkEntry>,
    pub(super) changes: Vec<Change>,
}

impl Plan {
    /// Asks the rules for each thread. The threads are locked from here on.
    pub(super) fn make(tx: &mut dyn Tx, request: &BulkRequest) -> Result<Self> {
        let (actor, at) = (tx.staff()?, tx.now());
        let mut threads = locked(tx, &request.threads)?;
        let cursors = if request.act.is_reading() {
            tx.read_cursors().own_of(&request.threads)?
        } else {
            HashMap::new()
        };
        let mut able = Able::default();
        let mut plan = Self::default();
        for id in &request.threads {
            let Some(thread) = threads.remove(id) else {
                plan.refuse(*id, BulkRefusal::NotFound);
                continue;
            };
            if !able.can_take(tx, request.act, thread.facts().category)? {
                plan.refuse(*id, BulkRefusal::AssigneeNotFound);
                continue;
            }
            let cursor = request.act.is_reading().then(|| cursors.get(id).copied().unwrap_or_default());
            plan.add(&actor, thread, request.act, cursor, at);
        }
        plan.changes.sort_unstable_by_key(|change| change.thread.facts().id);
        Ok(plan)
    }

    fn add(&mut self, actor: &StaffActor, thread: Thread, act: Act, cursor: Option<ReadCursor>, at: Moment) {
        let (id, before) = (thread.facts().id, thread.standing());
        let after = match thread.clone().act(act, actor.role(), at) {
            Ok(after) => after,
            Err(refusal) => return self.refuse(id, refusal_of(refusal)),
        };
        let left_cursor = cursor.map(|own| cursor_after(act, own, &after, at));
        if after.facts() == thread.facts()
            && cursor.map(ReadCursor::place) == left_cursor.map(ReadCursor::place)
        {
            self.entries.push(BulkEntry { thread: id, outcome: BulkOutcome::Unchanged, footprint: None });
            return;
        }
        let left_version = after.facts().version;
        let footprint = Footprint { before, left_version, cursor, left_cursor };
        self.entries.push(BulkEntry { thread: id, outcome: BulkOutcome::Done, footprint: Some(footprint) });
        self.changes.push(Change { before: thread.facts().clone(), thread: after, cursor: left_cursor });
    }

    pub(super) fn refuse(&mut self, thread: ThreadId, refusal: BulkRefusal) {
        self.entries.push(BulkEntry { thread, outcome: BulkOutcome::Refused(refusal), footprint: None });
    }

    /// Whoever marks read what was read already has had all word of it.
    pub(super) fn had_been_read(&self, tx: &mut dyn Tx) -> Result<()> {
        let unchanged = self.entries.iter().filter(|entry| entry.outcome == BulkOutcome::Unchanged);
        unchanged.map(|entry| entry.thread).try_for_each(|thread| {
            let end = tx.messages().newest_place(thread)?.unwrap_or_default();
            notifications::thread_was_read(tx, thread, end)
        })
    }

    /// The act as it is kept.
    pub(super) fn record(&self, id: BulkActId, act: Act, at: Moment, is_undo: bool) -> BulkRecord {
        BulkRecord { id, act, is_undo, at, entries: self.entries.clone() }
    }

    /// Writes the changes, tells of them, and sends word to whom they concern.
    pub(super) fn carry_out(
        &self,
        tx: &mut dyn Tx,
        texts: ThreadTexts<'_>,
        word: fn(&mut dyn Tx, &ThreadFacts, &ThreadFacts) -> Result<()>,
    ) -> Result<()> {
        for change in &self.changes {
            let (before, after) = (&change.before, change.thread.facts());
            if before != after {
                tx.threads().save(&change.thread, texts)?;
            }
            match change.cursor {
                Some(cursor) => {
                    tx.read_cursors().put(after.id, cursor)?;
                    tell_of_reading(tx, before, after, cursor)?;
                }
                None => {
                    tell::moved(tx, before, after)?;
                    word(tx, before, after)?;
                }
            }
        }
        Ok(())
    }
}

/// Tells what the single acts of reading tell: the patient's side that it was seen, colleagues how far somebody read,
/// and oneself alone of a mark.
fn tell_of_reading(
    tx: &mut dyn Tx,
    before: &ThreadFacts,
    after: &ThreadFacts,
    cursor: ReadCursor,
) -> Result<()> {
    if before != after {
        tell::side(tx, Audience::Portal, ChangeKind::Seen, ThreadSight::of(after), None)?;
    }
    if cursor.is_marked_unread {
        let reader = tx.staff()?.id();
        return tell::only(tx, ChangeKind::Read, after, reader);
    }
    notifications::thread_was_read(tx, after.id, cursor.seq)?;
    tell::staff(tx, ChangeKind::Read, after, None)
}

/// The threads that exist for the actor, locked, by id.
pub(super) fn locked(tx: &mut dyn Tx, ids: &[ThreadId]) -> Result<HashMap<ThreadId, Thread>> {
    let found = tx.threads().find_all_for_update(ids)?;
    Ok(found.into_iter().map(|thread| (thread.facts().id, thread)).collect())
}

/// How far the actor has read after an act of reading.
fn cursor_after(act: Act, own: ReadCursor, thread: &Thread, at: Moment) -> ReadCursor {
    match act {
        Act::MarkUnread => ReadCursor { is_marked_unread: true, ..own },
        _ if own.seq >= thread.facts().last_seq => ReadCursor { is_marked_unread: false, ..own },
        _ => ReadCursor { seq: thread.facts().last_seq, read_at: Some(at), is_marked_unread: false },
    }
}

pub(super) const fn refusal_of(refusal: ThreadRefusal) -> BulkRefusal {
    match refusal {
        ThreadRefusal::Status(StatusRefusal::NotForRole) => BulkRefusal::Forbidden,
        ThreadRefusal::Status(StatusRefusal::Illegal { .. })
        | ThreadRefusal::ReopenWindowPassed
        | ThreadRefusal::NotClosed => BulkRefusal::IllegalTransition,
        ThreadRefusal::MovedOn => BulkRefusal::VersionMismatch,
    }
}

/// Who could see what: asked once for each category.
#[derive(Default)]
pub(super) struct Able(HashMap<(Assignee, Category), bool>);

impl Able {
    /// Whether whom an act assigns to can see a thread of the category.
    fn can_take(&mut self, tx: &mut dyn Tx, act: Act, category: Category) -> Result<bool> {
        match act {
            Act::Assign(Some(assignee)) => self.is_able(tx, assignee, category),
            _ => Ok(true),
        }
    }

    pub(super) fn is_able(
        &mut self,
        tx: &mut dyn Tx,
        assignee: Assignee,
        category: Category,
    ) -> Result<bool> {
        if let Some(known) = self.0.get(&(assignee, category)) {
            return Ok(*known);
        }
        let able = tx.people().can_take(assignee, category)?;
        self.0.insert((assignee, category), able);
        Ok(able)
    }
}
