//! Word to single members of the staff: `/api/notifications`.

pub(crate) mod list;
pub(crate) mod mark_read;
