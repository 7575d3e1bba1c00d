//! What is known of a thread, without its texts.

use super::{Category, Priority, Status};
use crate::message::SenderKind;
use crate::{Moment, PatientId, StaffId, TeamId, ThreadId};
use chrono::Duration;

/// The place of a message in its thread; notes have places too, so it never leaves the staff's side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Seq(pub i32);

/// Who is to answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Assignee {
    /// One person.
    Staff(StaffId),
    /// Whoever of the team takes it.
    Team(TeamId),
}

/// When a thread was closed. The reason is text and lives with the row, not here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closure {
    /// The time of closing, from which the reopen window runs.
    pub at: Moment,
}

/// The status together with what is true only in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Any status but closed.
    Active(Status),
    /// Closed at a time.
    Closed(Closure),
}

impl State {
    /// The bare status.
    pub const fn status(self) -> Status {
        match self {
            Self::Active(status) => status,
            Self::Closed(_) => Status::Closed,
        }
    }
}

/// The last message that both sides can see.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LastMessage {
    /// When it was sent.
    pub at: Moment,
    /// Which side wrote it.
    pub by: SenderKind,
}

/// What is known of a thread, without its texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThreadFacts {
    /// Which thread.
    pub id: ThreadId,
    /// Whose; never changes.
    pub patient: PatientId,
    /// What it is about.
    pub category: Category,
    /// How soon it wants an answer.
    pub priority: Priority,
    /// Where it stands.
    pub state: State,
    /// Who is to answer.
    pub assignee: Option<Assignee>,
    /// Whether the patient (or a proxy) started it.
    pub created_by_patient: bool,
    /// Whether proxies are shut out.
    pub confidential: bool,
    /// The closed thread that this one goes on from.
    pub linked_thread: Option<ThreadId>,
    /// When it was archived, by staff or by retention.
    pub archived_at: Option<Moment>,
    /// When it was started.
    pub created_at: Moment,
    /// When staff last saw it move (fields and public messages, never notes).
    pub updated_at: Moment,
    /// Counts changes of fields and public messages; the ETag.
    pub version: i32,
    /// Counts changes that the patient can see.
    pub public_version: i32,
    /// When the patient last saw it move.
    pub public_updated_at: Moment,
    /// The place of the newest message, notes included.
    pub last_seq: Seq,
    /// Public messages, automatic replies included.
    pub message_count: i32,
    /// The newest public message.
    pub last_message: LastMessage,
    /// The place of the newest message of the patient.
    pub last_patient_seq: Seq,
    /// The place of the newest public message of a staff member (automatic replies do not count).
    pub last_staff_seq: Seq,
    /// Nobody of the staff has read up to the newest message of the patient.
    pub unread_by_staff: bool,
    /// When staff had last read everything that the patient wrote.
    pub seen_by_staff_at: Option<Moment>,
}

impl ThreadFacts {
    /// Until when a message of the patient reopens the closed thread; `None` while it is not closed.
    pub fn reopens_until(&self, window: Duration) -> Option<Moment> {
        match self.state {
            State::Active(_) => None,
            State::Closed(closure) => Some(closure.at + window),
        }
    }
}
