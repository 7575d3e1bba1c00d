//! Threads that staff linked.

use super::{Category, Id, Status, Timestamp, shown};
use serde::Serialize;
use threadwell_application::ports::LinkView;
use utoipa::ToSchema;

/// A thread at the other end of a link.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LinkedThread {
    thread_id: Id,
    #[schema(example = "Rash on the left arm")]
    subject: String,
    #[schema(example = "Ana Silva")]
    patient_name: String,
    status: Status,
    category: Category,
    last_message_at: Timestamp,
    #[schema(example = "Maria Santos")]
    linked_by_name: String,
    linked_at: Timestamp,
}

impl From<&LinkView> for LinkedThread {
    fn from(link: &LinkView) -> Self {
        Self {
            thread_id: Id(link.thread.uuid()),
            subject: shown(&link.subject),
            patient_name: shown(&link.patient_name),
            status: link.status.into(),
            category: link.category.into(),
            last_message_at: link.last_message_at.into(),
            linked_by_name: link.linked_by_name.clone(),
            linked_at: link.linked_at.into(),
        }
    }
}
