//! What one person has read.

use crate::access::{Access, Action, Audience, Caller};
use crate::ports::{Store, ThreadSight, ThreadTexts, Tx};
use crate::{Error, FieldProblem, Result, notifications, tell};
use threadwell_domain::thread::Seq;
use threadwell_domain::{ChangeKind, MessageId, ThreadId};

/// Marks a thread read for the caller, up to a message or to its end. Never moves back.
///
/// # Errors
/// The thread does not exist for the caller, the message is none of its messages, or the database is unavailable.
pub fn mark_read(store: &dyn Store, caller: &Caller, id: ThreadId, up_to: Option<MessageId>) -> Result<()> {
    store.transact(&Access::to_thread(caller, Action::MarkRead, id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        let place = place_read(tx, id, up_to)?;
        let at = tx.now();
        let reads_on = would_move(tx, id, place)?;
        tx.read_cursors().advance(id, place, at)?;
        notifications::thread_was_read(tx, id, place)?;
        let read = thread.clone().read_by_staff(place, at);
        if read.facts() != thread.facts() {
            tx.threads().save(&read, ThreadTexts::default())?;
            tell::side(tx, Audience::Portal, ChangeKind::Seen, ThreadSight::of(read.facts()), None)?;
        }
        if reads_on { tell::staff(tx, ChangeKind::Read, read.facts(), None) } else { Ok(()) }
    })
}

/// Marks a thread unread for the caller alone.
///
/// # Errors
/// The thread does not exist for the caller, or the database is unavailable.
pub fn mark_unread(store: &dyn Store, caller: &Caller, id: ThreadId) -> Result<()> {
    store.transact(&Access::to_thread(caller, Action::MarkUnread, id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        let at = tx.now();
        tx.read_cursors().mark_unread(id, at)?;
        let caller = tx.staff()?.id();
        tell::only(tx, ChangeKind::Read, thread.facts(), caller)
    })
}

/// Whether reading up to there moves the caller's cursor or takes a mark of unread away.
pub(crate) fn would_move(tx: &mut dyn Tx, thread: ThreadId, to: Seq) -> Result<bool> {
    let cursor = tx.read_cursors().own(thread)?;
    Ok(cursor.is_none_or(|cursor| cursor.seq < to || cursor.is_marked_unread))
}

/// The place of the message, or of the newest one.
pub(crate) fn place_read(tx: &mut dyn Tx, thread: ThreadId, up_to: Option<MessageId>) -> Result<Seq> {
    match up_to {
        Some(message) => tx
            .messages()
            .place_of(thread, message)?
            .ok_or_else(|| Error::field("/messageId", FieldProblem::Invalid)),
        None => Ok(tx.messages().newest_place(thread)?.unwrap_or_default()),
    }
}
