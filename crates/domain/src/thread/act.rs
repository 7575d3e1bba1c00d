//! What staff do to one thread or to many at once, and how it is taken back.

use super::{Assignee, Priority, State, Status, Thread, ThreadRefusal};
use crate::Moment;
use crate::access::{Operation, Role};

/// An act of the staff that can be done to many threads at once and taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// Say who is to answer; `None` takes the assignment away.
    Assign(Option<Assignee>),
    /// Set the status by hand.
    SetStatus(Status),
    /// Close.
    Close,
    /// Open a closed thread again.
    Reopen,
    /// Put a closed thread away.
    Archive,
    /// Fetch an archived thread back.
    Unarchive,
    /// Say how soon it wants an answer.
    SetPriority(Priority),
    /// Read everything.
    MarkRead,
    /// Want to read it again; concerns the reader alone and moves no thread.
    MarkUnread,
}

impl Act {
    /// What a role must have to do it, and to take it back.
    pub const fn operation(self) -> Operation {
        match self {
            Self::Assign(_) => Operation::Assign,
            Self::SetStatus(_) => Operation::SetStatus,
            Self::Close => Operation::Close,
            Self::Reopen => Operation::Reopen,
            Self::Archive | Self::Unarchive => Operation::Archive,
            Self::SetPriority(_) => Operation::SetPriority,
            Self::MarkRead | Self::MarkUnread => Operation::ReadThread,
        }
    }

    /// Whether it concerns how far its doer has read.
    pub const fn is_reading(self) -> bool {
        matches!(self, Self::MarkRead | Self::MarkUnread)
    }
}

/// What a thread was before an act, as far as acts move it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Before {
    /// Where it stood.
    pub state: State,
    /// Who was to answer.
    pub assignee: Option<Assignee>,
    /// How soon it wanted an answer.
    pub priority: Priority,
    /// When it had been archived.
    pub archived_at: Option<Moment>,
    /// Whether nobody had read it.
    pub unread_by_staff: bool,
    /// When staff had last read everything.
    pub seen_by_staff_at: Option<Moment>,
}

/// An act that was done, with what it met and what it left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Done {
    /// What was done.
    pub act: Act,
    /// By whom, as far as the rules ask.
    pub role: Role,
    /// When.
    pub at: Moment,
    /// What the thread was.
    pub before: Before,
    /// The version that the thread had afterwards.
    pub left_version: i32,
}

impl Thread {
    /// What it is now, as far as acts move it.
    pub const fn standing(&self) -> Before {
        let facts = self.facts();
        Before {
            state: facts.state,
            assignee: facts.assignee,
            priority: facts.priority,
            archived_at: facts.archived_at,
            unread_by_staff: facts.unread_by_staff,
            seen_by_staff_at: facts.seen_by_staff_at,
        }
    }

    /// Does an act. What changes nothing gives the thread back as it was.
    ///
    /// # Errors
    /// What the act by itself is refused for.
    pub fn act(self, act: Act, role: Role, at: Moment) -> Result<Self, ThreadRefusal> {
        match act {
            Act::Assign(assignee) => Ok(self.assign(assignee, at)),
            Act::SetStatus(status) => self.set_status(status, role, at),
            Act::Close => self.close(at),
            Act::Reopen => self.reopen(at),
            Act::Archive => self.archive(at),
            Act::Unarchive => Ok(self.unarchive(at)),
            Act::SetPriority(priority) => Ok(self.set_priority(priority, at)),
            Act::MarkRead => {
                let end = self.facts().last_seq;
                Ok(self.read_by_staff(end, at))
            }
            Act::MarkUnread => Ok(self),
        }
    }

    /// Takes an act back: the thread is again what it was.
    ///
    /// **Invariant:** no way around the rules. A thread goes back only to what the act, done there, leads from to
    /// what the thread is now; and only while nothing else has moved it.
    ///
    /// # Errors
    /// The thread is not what the act left.
    pub fn take_back(self, done: &Done, at: Moment) -> Result<Self, ThreadRefusal> {
        if self.facts().version != done.left_version {
            return Err(ThreadRefusal::MovedOn);
        }
        let former = self.clone().put_back(done);
        match former.clone().act(done.act, done.role, done.at) {
            Ok(again) if again.standing() == self.standing() => {}
            Ok(_) | Err(_) => return Err(ThreadRefusal::MovedOn),
        }
        Ok(former.taken_back_at(&self.standing(), at))
    }

    /// Sets what the act moved to what it was.
    fn put_back(mut self, done: &Done) -> Self {
        let (facts, before) = (self.facts_mut(), &done.before);
        match done.act {
            Act::Assign(_) => (facts.state, facts.assignee) = (before.state, before.assignee),
            Act::SetStatus(_) | Act::Close | Act::Reopen => {
                (facts.state, facts.archived_at) = (before.state, before.archived_at);
            }
            Act::Archive | Act::Unarchive => facts.archived_at = before.archived_at,
            Act::SetPriority(_) => facts.priority = before.priority,
            Act::MarkRead => {
                (facts.unread_by_staff, facts.seen_by_staff_at) =
                    (before.unread_by_staff, before.seen_by_staff_at);
            }
            Act::MarkUnread => {}
        }
        self
    }

    /// Counts the step back as a change of its own, where it is one.
    fn taken_back_at(mut self, left: &Before, at: Moment) -> Self {
        let now = self.standing();
        let public = (now.state, now.archived_at) != (left.state, left.archived_at);
        if public || (now.assignee, now.priority) != (left.assignee, left.priority) {
            self.touch(public, at);
        }
        self
    }
}

#[cfg(test)]
#[path = "act_tests.rs"]
mod tests;
