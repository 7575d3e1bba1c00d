//! Who of the staff looks at a thread.

use super::ThreadSight;
use crate::Result;
use threadwell_domain::thread::Category;
use threadwell_domain::{Moment, SessionId, StaffId, ThreadId};

/// What somebody does at a thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ViewerState {
    /// Looks at it.
    Viewing,
    /// Writes to the patient.
    Replying,
    /// Writes a note.
    Noting,
}

impl ViewerState {
    /// The number in storage; never changes.
    pub const fn code(self) -> i16 {
        match self {
            Self::Viewing => 0,
            Self::Replying => 1,
            Self::Noting => 2,
        }
    }

    /// The state of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        [Self::Viewing, Self::Replying, Self::Noting].into_iter().find(|state| state.code() == code)
    }
}

/// Somebody at a thread.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Viewer {
    /// Who.
    pub staff: StaffId,
    /// By name.
    pub full_name: String,
    /// What they do.
    pub state: ViewerState,
    /// Until when that holds, unless it is said again.
    pub until: Moment,
}

/// Everybody at a thread.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Viewers {
    /// Which thread.
    pub thread: ThreadId,
    /// Its category, which decides who may know.
    pub category: Category,
    /// In the order of their names.
    pub viewers: Vec<Viewer>,
}

/// Presence.
pub trait Presences {
    /// Notes what the actor does at a thread that exists for it, `None` that it left. Whether colleagues are to be told:
    /// the list changed, or what they know runs out soon.
    ///
    /// # Errors
    /// An unavailable database.
    fn show(&mut self, thread: ThreadId, state: Option<ViewerState>) -> Result<bool>;

    /// Who is at these threads now.
    ///
    /// # Errors
    /// An unavailable database.
    fn at(&mut self, threads: &[ThreadId]) -> Result<Vec<Viewers>>;

    /// Ends the presence of a session whose streams have gone; the threads that it was at.
    ///
    /// # Errors
    /// An unavailable database.
    fn leave(&mut self, session: SessionId) -> Result<Vec<ThreadSight>>;
}
