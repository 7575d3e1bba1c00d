//! A conversation between one patient and the care team.

mod act;
mod category;
mod facts;
mod lifecycle;
mod priority;
mod status;
mod subject;

pub use act::{Act, Before, Done};
pub use category::{Category, CategorySet};
pub use facts::{Assignee, Closure, LastMessage, Seq, State, ThreadFacts};
pub use lifecycle::{Afterwards, Post, Posted, Start, Thread, ThreadRefusal};
pub use priority::{AutoPriority, Priority};
pub use status::{Status, StatusRefusal};
pub use subject::{CloseReason, Subject};
