//! Prepared answers: `/api/canned-responses`.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod read;
pub(crate) mod retire;
pub(crate) mod update;
pub(crate) mod versions;
