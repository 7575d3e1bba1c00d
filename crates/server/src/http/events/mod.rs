//! Streams of what changes, as server-sent events. A client is told what changed and fetches it: nothing of a message
//! travels here.

mod event_ids;
mod frames;
mod opening;
pub(crate) mod portal;
pub(crate) mod staff;
mod stream;

pub(crate) use event_ids::EventIds;
