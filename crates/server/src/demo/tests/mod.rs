//! The demo's stories, and what the store makes of them.

mod loaded;
mod played;
