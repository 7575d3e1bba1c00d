//! Word to one member of the staff.

use super::{CappedCount, Readable};
use crate::Result;
use threadwell_domain::thread::Seq;
use threadwell_domain::{MessageId, Moment, NotificationId, StaffId, ThreadId};

/// Why somebody is told.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NotificationKind {
    /// A note mentions them.
    Mention,
    /// A colleague gave them a thread.
    Assignment,
}

/// Word that is to reach one member of the staff.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewNotification {
    /// Its id.
    pub id: NotificationId,
    /// Who is told.
    pub to: StaffId,
    /// Whose act it was.
    pub by: StaffId,
    /// When.
    pub at: Moment,
    /// Why.
    pub kind: NotificationKind,
    /// About which thread.
    pub thread: ThreadId,
    /// The note that mentions them.
    pub message: Option<MessageId>,
    /// Whoever reads the thread so far has had the word.
    pub place: Seq,
}

/// Word as its reader sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotificationView {
    /// Which.
    pub id: NotificationId,
    /// Why.
    pub kind: NotificationKind,
    /// About which thread.
    pub thread: ThreadId,
    /// The note that mentions the reader.
    pub message: Option<MessageId>,
    /// What the thread is called.
    pub subject: Readable,
    /// Whose it is.
    pub patient_name: Readable,
    /// The colleague whose act it was.
    pub by_name: String,
    /// When.
    pub at: Moment,
    /// When it was read.
    pub read_at: Option<Moment>,
}

/// Which word to list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotificationQuery {
    /// Only what is unread.
    pub unread_only: bool,
    /// How many at most.
    pub limit: i64,
    /// Where to go on: after the one of this time and id, newest first.
    pub after: Option<(Moment, NotificationId)>,
}

/// The actor's own notifications, and those of others to be added. Only what concerns threads that the reader still
/// sees is there.
pub trait Notifications {
    /// Adds one.
    ///
    /// # Errors
    /// An unavailable database.
    fn add(&mut self, new: &NewNotification) -> Result<()>;

    /// The actor's own, newest first, with whether there are further ones.
    ///
    /// # Errors
    /// An unavailable database.
    fn page(&mut self, query: &NotificationQuery) -> Result<(Vec<NotificationView>, bool)>;

    /// How many of the actor's own are unread.
    ///
    /// # Errors
    /// An unavailable database.
    fn count_unread(&mut self) -> Result<CappedCount>;

    /// Marks these of the actor's own read, or all of them. Gives one that was unread, if any was.
    ///
    /// # Errors
    /// An unavailable database.
    fn mark_read(&mut self, ids: Option<&[NotificationId]>) -> Result<Option<(NotificationId, ThreadId)>>;

    /// The actor has read a thread up to a place. Gives one that was unread, if any was.
    ///
    /// # Errors
    /// An unavailable database.
    fn thread_was_read(&mut self, thread: ThreadId, up_to: Seq) -> Result<Option<NotificationId>>;

    /// An assignment was taken from somebody: what was not read of it is no news any more. Gives one that was unread,
    /// if any was.
    ///
    /// # Errors
    /// An unavailable database.
    fn withdraw_assignment(&mut self, from: StaffId, thread: ThreadId) -> Result<Option<NotificationId>>;
}
