//! A conversation between one patient and the care team.

mod category;
mod lifecycle;
mod priority;
mod status;
mod subject;

pub use category::{Category, CategorySet};
pub use lifecycle::{
    Assignee, Closure, LastMessage, Post, Posted, Seq, Start, State, Thread, ThreadFacts, ThreadRefusal,
};
pub use priority::{AutoPriority, Priority};
pub use status::{Status, StatusRefusal};
pub use subject::{CloseReason, Subject};
