//! What every node of the server has done: read on from a place, in one order, over all practices.

use crate::Result;
use crate::access::Audience;
use std::time::Duration;
use threadwell_domain::thread::{Category, CategorySet};
use threadwell_domain::{
    AccountId, ChangeKind, MessageId, NotificationId, PatientId, SessionId, StaffId, TenantId, ThreadId,
};
use uuid::Uuid;

/// A place in the order of all changes. It betrays how busy the installation is: nobody outside gets it in clear.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FeedPlace {
    /// The number of the transaction.
    pub transaction: u64,
    /// The change in it.
    pub id: Uuid,
}

/// Whoever acted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doer {
    /// A member of the staff.
    Staff(StaffId),
    /// A portal account.
    Account(AccountId),
}

/// What a change is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// A thread.
    Thread {
        /// Which.
        thread: ThreadId,
        /// Whose.
        patient: PatientId,
        /// The message that it is about.
        message: Option<MessageId>,
        /// The category now.
        category: Category,
        /// The categories before and after.
        categories: CategorySet,
        /// Whether proxies hear nothing.
        is_confidential: bool,
        /// Whether it has just gone out of proxies' sight.
        is_withdrawn: bool,
    },
    /// A notification.
    Notification {
        /// Which.
        id: NotificationId,
        /// About which thread.
        thread: ThreadId,
    },
    /// How the practice is arranged.
    Practice,
    /// The end of a session.
    Session(SessionId),
}

/// A change that was committed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Published {
    /// Where it stands.
    pub place: FeedPlace,
    /// The practice.
    pub tenant: TenantId,
    /// What happened.
    pub kind: ChangeKind,
    /// Which side is told.
    pub audience: Audience,
    /// To what.
    pub about: About,
    /// The only member of the staff who is told.
    pub only: Option<StaffId>,
    /// Who did it; nobody where the machine did.
    pub by: Option<Doer>,
}

/// A change that this build does not understand, because a newer one wrote it or because it is damaged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SkippedChange {
    /// Where it stands.
    pub place: FeedPlace,
    /// The practice, whose clients must look for themselves what it was.
    pub tenant: TenantId,
}

/// Changes after a place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FeedPage {
    /// In their order.
    pub changes: Vec<Published>,
    /// What stands among them and is not understood, in its order.
    pub skipped: Vec<SkippedChange>,
    /// Whether there are more by now, or some that an older transaction still holds back.
    pub has_more: bool,
    /// Whether the place is of another history: the database was restored.
    pub is_lost: bool,
}

impl FeedPage {
    /// The place to read on from; none where nothing was read.
    pub fn end(&self) -> Option<FeedPlace> {
        let read = self.changes.last().map(|change| change.place);
        read.max(self.skipped.last().map(|change| change.place))
    }
}

/// Reads on. Used by one thread.
pub trait Feed: Send + Sync {
    /// The newest changes in their order, and the place to follow from.
    ///
    /// # Errors
    /// An unavailable database.
    fn recent(&self, limit: i64) -> Result<(FeedPage, FeedPlace)>;

    /// What came after a place: whole transactions, none of which can be joined by an earlier one any more.
    ///
    /// # Errors
    /// An unavailable database.
    fn after(&self, place: FeedPlace) -> Result<FeedPage>;

    /// Waits until something may have changed, or so long; whether something may have. A wake-up that is lost costs no
    /// more than the time.
    fn wait(&self, at_most: Duration) -> bool;
}
