//! Acts on many threads at once: `/api/patient-messages/threads/bulk`.

pub(crate) mod act;
mod answer;
pub(crate) mod undo;
