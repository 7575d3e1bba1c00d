//! A conversation between one patient and the care team.

mod category;
mod facts;
mod lifecycle;
mod priority;
mod status;
mod subject;

pub use category::{Category, CategorySet};
pub use facts::{Assignee, Closure, LastMessage, Seq, State, ThreadFacts};
pub use lifecycle::{Post, Posted, Start, Thread, ThreadRefusal};
pub use priority::{AutoPriority, Priority};
pub use status::{Status, StatusRefusal};
pub use subject::{CloseReason, Subject};
