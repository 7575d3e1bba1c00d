//! Views of the inbox that people keep: `/api/views`.

pub(crate) mod create;
mod filter;
pub(crate) mod list;
pub(crate) mod retire;
mod text;
pub(crate) mod update;
