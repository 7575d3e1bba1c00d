//! A patient's conversations: `/api/patient-portal/messages`.

pub(crate) mod list;
pub(crate) mod mark_read;
pub(crate) mod read;
pub(crate) mod read_draft;
pub(crate) mod read_new_draft;
pub(crate) mod save_draft;
pub(crate) mod save_new_draft;
pub(crate) mod send_message;
pub(crate) mod start;
pub(crate) mod unread_count;
pub(crate) mod update;
