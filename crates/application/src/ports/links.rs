//! Links between threads.

use super::Readable;
use crate::Result;
use threadwell_domain::thread::{Category, Status};
use threadwell_domain::{Moment, StaffId, ThreadId};

/// A linked thread, as staff see it beside a conversation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkView {
    /// Which thread.
    pub thread: ThreadId,
    /// What it is called.
    pub subject: Readable,
    /// Whose it is.
    pub patient_name: Readable,
    /// Where it stands.
    pub status: Status,
    /// What it is about.
    pub category: Category,
    /// When it last moved.
    pub last_message_at: Moment,
    /// Who linked it.
    pub linked_by_name: String,
    /// When.
    pub linked_at: Moment,
}

/// Links between threads. A link has two ends and no direction.
pub trait Links {
    /// Whether two threads are linked.
    ///
    /// # Errors
    /// An unavailable database.
    fn exists(&mut self, one: ThreadId, other: ThreadId) -> Result<bool>;

    /// How many links a thread has.
    ///
    /// # Errors
    /// An unavailable database.
    fn count(&mut self, of: ThreadId) -> Result<usize>;

    /// Links two threads.
    ///
    /// # Errors
    /// An unavailable database.
    fn add(&mut self, one: ThreadId, other: ThreadId, by: StaffId) -> Result<()>;

    /// Parts two threads. `false` if they are not linked.
    ///
    /// # Errors
    /// An unavailable database.
    fn remove(&mut self, one: ThreadId, other: ThreadId) -> Result<bool>;

    /// The threads that a thread is linked to and that the actor sees, newest link first.
    ///
    /// # Errors
    /// An unavailable database.
    fn of(&mut self, thread: ThreadId) -> Result<Vec<LinkView>>;
}
