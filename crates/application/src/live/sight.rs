//! What a stream tells of a change: decided for every stream anew, by what its reader may see.

use crate::access::Audience;
use crate::ports::{About, Doer, Published};
use threadwell_domain::thread::CategorySet;
use threadwell_domain::{AccountId, ChangeKind, MessageId, NotificationId, PatientId, StaffId, ThreadId};

/// Whoever reads a stream, and what exists for them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sight {
    /// A member of the staff.
    Staff {
        /// Who.
        staff: StaffId,
        /// The categories whose threads exist.
        categories: CategorySet,
    },
    /// A portal account that acts for a patient.
    Portal {
        /// Which account.
        account: AccountId,
        /// For whom.
        patient: PatientId,
        /// Whether confidential threads exist.
        sees_confidential: bool,
    },
}

/// What is told of a thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ToldKind {
    /// What happened.
    Changed(ChangeKind),
    /// It moved out of the reader's sight.
    Gone,
}

impl ToldKind {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Changed(kind) => kind.name(),
            Self::Gone => "gone",
        }
    }
}

/// What a reader is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
    /// Something about a thread.
    Thread {
        /// What.
        kind: ToldKind,
        /// Which thread.
        thread: ThreadId,
        /// The message that it is about.
        message: Option<MessageId>,
        /// Who of the staff did it.
        by: Option<StaffId>,
    },
    /// A notification.
    Notification {
        /// Which.
        id: NotificationId,
        /// About which thread.
        thread: ThreadId,
    },
    /// Views, teams, colleagues, canned responses or settings moved.
    Practice,
}

impl Sight {
    /// Which side it is of.
    pub const fn audience(&self) -> Audience {
        match self {
            Self::Staff { .. } => Audience::Staff,
            Self::Portal { .. } => Audience::Portal,
        }
    }

    /// What the reader is told of a change of its practice, if anything. Who is present is told otherwise.
    pub fn tells(&self, change: &Published) -> Option<Told> {
        if change.audience != self.audience() || change.kind == ChangeKind::Presence {
            return None;
        }
        match self {
            Self::Staff { staff, categories } => tells_staff(*staff, *categories, change),
            Self::Portal { account, patient, sees_confidential } => {
                tells_portal(*account, *patient, *sees_confidential, change)
            }
        }
    }
}

fn tells_staff(staff: StaffId, visible: CategorySet, change: &Published) -> Option<Told> {
    if change.only.is_some_and(|only| only != staff) {
        return None;
    }
    match change.about {
        About::Thread { thread, message, category, categories, .. } => {
            if visible.contains(category) {
                let by = match change.by {
                    Some(Doer::Staff(staff)) => Some(staff),
                    Some(Doer::Account(_)) | None => None,
                };
                return Some(Told::Thread { kind: ToldKind::Changed(change.kind), thread, message, by });
            }
            let saw_it = !visible.intersection(categories).is_empty();
            saw_it.then_some(Told::Thread { kind: ToldKind::Gone, thread, message: None, by: None })
        }
        About::Notification { id, thread } => {
            (change.only == Some(staff)).then_some(Told::Notification { id, thread })
        }
        About::Practice => Some(Told::Practice),
        About::Session(_) => None,
    }
}

fn tells_portal(
    account: AccountId,
    own: PatientId,
    sees_confidential: bool,
    change: &Published,
) -> Option<Told> {
    let About::Thread { thread, patient, message, is_confidential, is_withdrawn, .. } = change.about else {
        return None;
    };
    let is_own = patient == own && (sees_confidential || !is_confidential) && change.kind.is_public();
    // How far an account has read is for its own devices.
    let is_anothers = change.kind == ChangeKind::Read && change.by != Some(Doer::Account(account));
    let kind =
        if is_withdrawn && !sees_confidential { ToldKind::Gone } else { ToldKind::Changed(change.kind) };
    (is_own && !is_anothers).then_some(Told::Thread { kind, thread, message, by: None })
}

#[cfg(test)]
#[path = "sight_tests.rs"]
mod tests;
