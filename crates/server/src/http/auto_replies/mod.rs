//! Automatic replies: `/api/auto-replies`.

pub(crate) mod read;
pub(crate) mod update;
