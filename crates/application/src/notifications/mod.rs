//! Word to single members of the staff: of mentions, and of threads that a colleague gave them.

use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{
    CappedCount, Change, NewNotification, NotificationKind, NotificationQuery, NotificationView, Store, Tx,
};
use std::collections::HashSet;
use threadwell_domain::thread::{Assignee, Seq, ThreadFacts};
use threadwell_domain::{MessageId, NotificationId, StaffId, ThreadId};

/// A page of the caller's own, and how many are unread.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotificationPage {
    /// Newest first.
    pub notifications: Vec<NotificationView>,
    /// Whether there are further ones.
    pub has_more: bool,
    /// How many are unread in all.
    pub unread: CappedCount,
}

/// The caller's own notifications about threads that the caller still sees.
///
/// # Errors
/// The caller sees no threads at all, or the database is unavailable.
pub fn list(store: &dyn Store, caller: &Caller, query: &NotificationQuery) -> Result<NotificationPage> {
    store.transact(&Access::to(caller, Action::ListNotifications), |tx| {
        let (notifications, has_more) = tx.notifications().page(query)?;
        let unread = tx.notifications().count_unread()?;
        Ok(NotificationPage { notifications, has_more, unread })
    })
}

/// Marks the caller's own read: these, or all. Ids that are nobody's or somebody else's change nothing.
///
/// # Errors
/// The caller sees no threads at all, or the database is unavailable.
pub fn mark_read(store: &dyn Store, caller: &Caller, ids: Option<&[NotificationId]>) -> Result<()> {
    store.transact(&Access::to(caller, Action::ReadNotifications), |tx| {
        let reader = tx.staff()?.id();
        match tx.notifications().mark_read(ids)? {
            Some((id, thread)) => look_again(tx, id, reader, thread),
            None => Ok(()),
        }
    })
}

/// Tells colleagues that a note mentions them.
pub(crate) fn mentioned(
    tx: &mut dyn Tx,
    thread: &ThreadFacts,
    message: MessageId,
    mentions: &[StaffId],
) -> Result<()> {
    let mut told = HashSet::from([tx.staff()?.id()]);
    for colleague in mentions {
        if told.insert(*colleague) {
            tell(tx, *colleague, NotificationKind::Mention, thread, Some(message))?;
        }
    }
    Ok(())
}

/// Tells whom a thread was given to by somebody else, and takes the word back from whom it was taken.
pub(crate) fn reassigned(tx: &mut dyn Tx, before: &ThreadFacts, after: &ThreadFacts) -> Result<()> {
    if before.assignee == after.assignee {
        return Ok(());
    }
    taken_away(tx, before)?;
    match after.assignee {
        Some(Assignee::Staff(to)) if to != tx.staff()?.id() => {
            tell(tx, to, NotificationKind::Assignment, after, None)
        }
        Some(Assignee::Staff(_) | Assignee::Team(_)) | None => Ok(()),
    }
}

/// Takes the word back from whom a thread was given to by an act that is taken back; who has it again knows of it.
pub(crate) fn put_back(tx: &mut dyn Tx, before: &ThreadFacts, after: &ThreadFacts) -> Result<()> {
    if before.assignee == after.assignee { Ok(()) } else { taken_away(tx, before) }
}

/// The actor has read a thread up to a place, and has had all word of it so far.
pub(crate) fn thread_was_read(tx: &mut dyn Tx, thread: ThreadId, up_to: Seq) -> Result<()> {
    match tx.notifications().thread_was_read(thread, up_to)? {
        Some(id) => {
            let reader = tx.staff()?.id();
            look_again(tx, id, reader, thread)
        }
        None => Ok(()),
    }
}

fn taken_away(tx: &mut dyn Tx, before: &ThreadFacts) -> Result<()> {
    let Some(Assignee::Staff(from)) = before.assignee else { return Ok(()) };
    match tx.notifications().withdraw_assignment(from, before.id)? {
        Some(id) => look_again(tx, id, from, before.id),
        None => Ok(()),
    }
}

/// Whoever it was for counts anew, on every device.
fn look_again(tx: &mut dyn Tx, id: NotificationId, to: StaffId, thread: ThreadId) -> Result<()> {
    tx.changes().publish(&Change::Notification { id, to, thread })
}

fn tell(
    tx: &mut dyn Tx,
    to: StaffId,
    kind: NotificationKind,
    thread: &ThreadFacts,
    message: Option<MessageId>,
) -> Result<()> {
    let id = NotificationId::new(tx.fresh_id());
    let (by, at) = (tx.staff()?.id(), tx.now());
    let (thread, place) = (thread.id, thread.last_seq);
    let new = NewNotification { id, to, by, at, kind, thread, message, place };
    tx.notifications().add(&new)?;
    look_again(tx, id, to, thread)
}
