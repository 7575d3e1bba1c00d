//! Looking on: streams that tell what changed, and who else looks.

mod check;
mod open;
mod presence;
mod sight;

pub use check::{WatchedStream, check_streams};
pub use open::{OpenedStream, open_portal_stream, open_stream};
pub use presence::{leave_threads, show_presence, viewers_of};
pub use sight::{Sight, Told, ToldKind};
