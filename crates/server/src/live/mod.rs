//! Streams of this node: who looks on, what each of them is told, and the threads that find it out.
//!
//! One thread follows the feed and hands each change to whoever may see it; one looks up who is present where that
//! changed; two look again and again whether sessions still hold, and one closes what they could not confirm in time. None of them is on the path of a write.

mod hub;
mod queue;
mod ring;
mod stream;
mod threads;
mod watch;

pub(crate) use hub::{Hub, Joined, Subscription};
pub(crate) use queue::{Closing, Item};
pub(crate) use threads::LiveThreads;

#[cfg(test)]
mod tests;
