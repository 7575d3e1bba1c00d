//! The life of a thread: every event takes the thread and gives it back changed, or says why not.

use super::{
    Assignee, Category, Closure, LastMessage, Priority, Seq, State, Status, StatusRefusal, ThreadFacts,
};
use crate::access::Role;
use crate::message::SenderKind;
use crate::{Moment, PatientId, StaffId, ThreadId};
use chrono::Duration;

/// A new message, as far as it matters to its thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Post {
    /// Written by the patient or a proxy. Reopens a thread closed no longer ago than the window.
    Patient {
        /// How long after closing a patient's message reopens the thread.
        reopen_window: Duration,
    },
    /// The practice's automatic answer to a new thread.
    AutoReply,
    /// A public answer by a staff member of this role.
    Staff {
        /// The role decides whether a request for review is thereby answered.
        role: Role,
    },
    /// For staff's eyes alone.
    InternalNote,
}

/// What a public answer is followed by, in the same breath.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Afterwards {
    /// The thread is closed.
    Close,
    /// A provider is asked.
    WaitForProvider,
}

/// Where a posted message stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Posted {
    /// Its place in the thread.
    pub seq: Seq,
}

/// Why an event was refused; the thread is as it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ThreadRefusal {
    /// The status table forbids it.
    #[error(transparent)]
    Status(#[from] StatusRefusal),
    /// The patient wrote after the reopen window: the message belongs to a new, linked thread.
    #[error("the thread was closed too long ago to be reopened by a message")]
    ReopenWindowPassed,
    /// Only what is closed can be put away.
    #[error("the thread is not closed")]
    NotClosed,
    /// The thread is not what the act left that was to be taken back.
    #[error("the thread has moved on since")]
    MovedOn,
}

/// What a new thread starts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Start {
    /// Its id.
    pub id: ThreadId,
    /// Whose it is.
    pub patient: PatientId,
    /// What it is about.
    pub category: Category,
    /// How soon it wants an answer.
    pub priority: Priority,
    /// Shuts proxies out.
    pub confidential: bool,
    /// The closed thread that it goes on from.
    pub linked_thread: Option<ThreadId>,
    /// Now.
    pub at: Moment,
}

/// A thread under the rules.
///
/// **Invariant:** places only grow; notes change nothing but `last_seq`; the patient never changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thread(ThreadFacts);

impl Thread {
    /// A thread as storage knows it.
    pub const fn restore(facts: ThreadFacts) -> Self {
        Self(facts)
    }

    /// What is known of it.
    pub const fn facts(&self) -> &ThreadFacts {
        &self.0
    }

    /// Started by the patient or a proxy: open and assigned to nobody. The first message is posted next.
    pub const fn start_by_patient(start: Start) -> Self {
        Self::start(start, State::Active(Status::Open), None, SenderKind::Patient)
    }

    /// Started by staff: waits for the patient and belongs to its author. The first message is posted next.
    pub const fn start_by_staff(start: Start, author: StaffId) -> Self {
        Self::start(
            start,
            State::Active(Status::WaitingPatient),
            Some(Assignee::Staff(author)),
            SenderKind::Staff,
        )
    }

    const fn start(start: Start, state: State, assignee: Option<Assignee>, by: SenderKind) -> Self {
        Self(ThreadFacts {
            id: start.id,
            patient: start.patient,
            category: start.category,
            priority: start.priority,
            state,
            assignee,
            created_by_patient: matches!(by, SenderKind::Patient),
            confidential: start.confidential,
            linked_thread: start.linked_thread,
            archived_at: None,
            created_at: start.at,
            updated_at: start.at,
            version: 0,
            public_version: 0,
            public_updated_at: start.at,
            last_seq: Seq(0),
            message_count: 0,
            last_message: LastMessage { at: start.at, by },
            last_patient_seq: Seq(0),
            last_staff_seq: Seq(0),
            unread_by_staff: false,
            seen_by_staff_at: None,
        })
    }

    /// Takes a message and gives it its place.
    ///
    /// # Errors
    /// A staff reply to a closed thread, and a patient's message after the reopen window. A note is never refused.
    pub fn post(mut self, post: Post, at: Moment) -> Result<(Self, Posted), ThreadRefusal> {
        let seq = Seq(self.0.last_seq.0 + 1);
        match post {
            Post::InternalNote => {}
            Post::AutoReply => self.public_message(SenderKind::System, at),
            Post::Staff { role } => {
                let status = self.0.state.status().after_staff_reply(role)?;
                self.0.state = State::Active(status);
                self.0.last_staff_seq = seq;
                self.public_message(SenderKind::Staff, at);
            }
            Post::Patient { reopen_window } => {
                self.0.state = self.state_after_patient(reopen_window, at)?;
                self.0.last_patient_seq = seq;
                self.0.unread_by_staff = true;
                self.public_message(SenderKind::Patient, at);
            }
        }
        self.0.last_seq = seq;
        Ok((self, Posted { seq }))
    }

    /// Goes on from a public answer that was just posted.
    ///
    /// # Errors
    /// What the status table refuses: the answer is then refused with it.
    pub fn afterwards(self, then: Afterwards, role: Role, at: Moment) -> Result<Self, ThreadRefusal> {
        match then {
            Afterwards::Close => self.close(at),
            Afterwards::WaitForProvider => self.set_status(Status::WaitingProvider, role, at),
        }
    }

    /// A public message that was posted before has taken one more file along. A patient's wants to be looked at again.
    #[must_use]
    pub fn file_added(mut self, by: SenderKind, at: Moment) -> Self {
        self.0.unread_by_staff |= by == SenderKind::Patient;
        self.touch(true, at);
        self
    }

    fn state_after_patient(&mut self, window: Duration, at: Moment) -> Result<State, ThreadRefusal> {
        match self.0.state {
            State::Active(status) => Ok(State::Active(status.after_patient_reply())),
            State::Closed(closure) if at - closure.at <= window => {
                self.0.archived_at = None;
                Ok(State::Active(Status::Open))
            }
            State::Closed(_) => Err(ThreadRefusal::ReopenWindowPassed),
        }
    }

    fn public_message(&mut self, by: SenderKind, at: Moment) {
        self.0.message_count += 1;
        self.0.last_message = LastMessage { at: at.max(self.0.last_message.at), by };
        self.touch(true, at);
    }

    /// The facts, for the rules of acts.
    pub(super) const fn facts_mut(&mut self) -> &mut ThreadFacts {
        &mut self.0
    }

    pub(super) fn touch(&mut self, public: bool, at: Moment) {
        self.0.version += 1;
        self.0.updated_at = at.max(self.0.updated_at);
        if public {
            self.0.public_version += 1;
            self.0.public_updated_at = at.max(self.0.public_updated_at);
        }
    }

    /// Assigns the thread, or takes the assignment away. Naming the same assignee again changes nothing.
    #[must_use]
    pub fn assign(mut self, assignee: Option<Assignee>, at: Moment) -> Self {
        if self.0.assignee == assignee {
            return self;
        }
        self.0.assignee = assignee;
        let before = self.0.state.status();
        let after = if assignee.is_some() { before.after_assignment() } else { before };
        if let State::Active(_) = self.0.state {
            self.0.state = State::Active(after);
        }
        self.touch(before != after, at);
        self
    }

    /// Sets the status by hand.
    ///
    /// # Errors
    /// What the status table refuses.
    pub fn set_status(mut self, to: Status, role: Role, at: Moment) -> Result<Self, ThreadRefusal> {
        let before = self.0.state.status();
        let after = before.set_by_hand(to, role)?;
        if before != after {
            self.0.state = State::Active(after);
            self.touch(true, at);
        }
        Ok(self)
    }

    /// Sets the priority, which patients never see.
    #[must_use]
    pub fn set_priority(mut self, priority: Priority, at: Moment) -> Self {
        if self.0.priority != priority {
            self.0.priority = priority;
            self.touch(false, at);
        }
        self
    }

    /// Corrects the category.
    #[must_use]
    pub fn set_category(mut self, category: Category, at: Moment) -> Self {
        if self.0.category != category {
            self.0.category = category;
            self.touch(true, at);
        }
        self
    }

    /// Records that the subject was corrected; the text itself lives with the row.
    #[must_use]
    pub fn subject_corrected(mut self, at: Moment) -> Self {
        self.touch(true, at);
        self
    }

    /// Shuts proxies out, or lets them in again.
    #[must_use]
    pub fn set_confidential(mut self, confidential: bool, at: Moment) -> Self {
        if self.0.confidential != confidential {
            self.0.confidential = confidential;
            self.touch(true, at);
        }
        self
    }

    /// Closes the thread.
    ///
    /// # Errors
    /// It is closed already.
    pub fn close(mut self, at: Moment) -> Result<Self, ThreadRefusal> {
        match self.0.state {
            State::Active(_) => {
                self.0.state = State::Closed(Closure { at });
                self.touch(true, at);
                Ok(self)
            }
            State::Closed(_) => {
                Err(StatusRefusal::Illegal { from: Status::Closed, to: Status::Closed }.into())
            }
        }
    }

    /// Opens a closed thread again, by staff.
    ///
    /// # Errors
    /// It is not closed.
    pub fn reopen(mut self, at: Moment) -> Result<Self, ThreadRefusal> {
        match self.0.state {
            State::Closed(_) => {
                self.0.state = State::Active(Status::Open);
                self.0.archived_at = None;
                self.touch(true, at);
                Ok(self)
            }
            State::Active(from) => Err(StatusRefusal::Illegal { from, to: Status::Open }.into()),
        }
    }

    /// Puts a closed thread away: it leaves the lists of both sides, and can still be read and found.
    ///
    /// # Errors
    /// It is not closed.
    pub fn archive(mut self, at: Moment) -> Result<Self, ThreadRefusal> {
        match (self.0.state, self.0.archived_at) {
            (State::Active(_), _) => Err(ThreadRefusal::NotClosed),
            (State::Closed(_), Some(_)) => Ok(self),
            (State::Closed(_), None) => {
                self.0.archived_at = Some(at);
                self.touch(true, at);
                Ok(self)
            }
        }
    }

    /// Fetches an archived thread back into the lists; it stays closed.
    #[must_use]
    pub fn unarchive(mut self, at: Moment) -> Self {
        if self.0.archived_at.is_some() {
            self.0.archived_at = None;
            self.touch(true, at);
        }
        self
    }

    /// Somebody of the staff has read up to a place. Moves no version: it is no change of the thread.
    #[must_use]
    pub fn read_by_staff(mut self, up_to: Seq, at: Moment) -> Self {
        if self.0.unread_by_staff && up_to >= self.0.last_patient_seq {
            self.0.unread_by_staff = false;
            self.0.seen_by_staff_at = Some(at);
        }
        self
    }
}

#[cfg(test)]
#[path = "lifecycle_tests.rs"]
mod tests;
