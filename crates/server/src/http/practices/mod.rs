//! What everybody may know of the practices.

pub(crate) mod list;
pub(crate) mod read;
