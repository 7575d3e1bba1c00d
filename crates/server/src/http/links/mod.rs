//! Links between threads: `/api/patient-messages/threads/{id}/links`.

pub(crate) mod link;
pub(crate) mod unlink;
