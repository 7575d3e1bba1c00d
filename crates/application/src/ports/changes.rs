//! What clients that look on are told of. Written with the act, so that it cannot be lost and cannot tell of what did
//! not happen; holds ids alone.

use crate::Result;
use crate::access::Audience;
use threadwell_domain::thread::{Category, CategorySet, ThreadFacts};
use threadwell_domain::{ChangeKind, MessageId, NotificationId, PatientId, SessionId, StaffId, ThreadId};

/// For whom a thread is there: before a change and after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ThreadSight {
    /// Which thread.
    pub id: ThreadId,
    /// Whose.
    pub patient: PatientId,
    /// The category that it has now.
    pub category: Category,
    /// The categories that it had and has: those who see none of them hear nothing.
    pub categories: CategorySet,
    /// Whether proxies hear nothing.
    pub is_confidential: bool,
    /// Whether proxies saw it before and do no longer: they hear that it is gone.
    pub is_withdrawn: bool,
}

impl ThreadSight {
    /// A thread that nothing moved out of anybody's sight.
    pub const fn of(facts: &ThreadFacts) -> Self {
        Self {
            id: facts.id,
            patient: facts.patient,
            category: facts.category,
            categories: CategorySet::of(&[facts.category]),
            is_confidential: facts.confidential,
            is_withdrawn: false,
        }
    }

    /// A thread before and after. A proxy who saw it before hears that it changed, or that it is gone.
    pub const fn moved(before: &ThreadFacts, after: &ThreadFacts) -> Self {
        Self {
            categories: CategorySet::of(&[before.category, after.category]),
            is_confidential: before.confidential && after.confidential,
            is_withdrawn: !before.confidential && after.confidential,
            ..Self::of(after)
        }
    }
}

/// One thing that changed, for one side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// Something about a thread.
    Thread {
        /// Who is told.
        audience: Audience,
        /// What.
        kind: ChangeKind,
        /// About which thread.
        thread: ThreadSight,
        /// The message that it is about.
        message: Option<MessageId>,
        /// The only member of the staff who is told.
        only: Option<StaffId>,
    },
    /// A notification for one member of the staff.
    Notification {
        /// Which.
        id: NotificationId,
        /// For whom.
        to: StaffId,
        /// About which thread.
        thread: ThreadId,
    },
    /// Views, teams, colleagues, canned responses or settings of the practice.
    Practice {
        /// The only member of the staff who is told.
        only: Option<StaffId>,
    },
    /// A session of the caller's audience ended.
    SessionEnded(SessionId),
}

/// What goes out to those who look on once the transaction has committed.
pub trait Changes {
    /// Tells of a change. What staff alone may know never goes to a patient's side.
    ///
    /// # Errors
    /// An unavailable database.
    fn publish(&mut self, change: &Change) -> Result<()>;
}
