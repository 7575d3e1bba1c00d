//! Messages as staff see them.

use super::{Attachment, Id, Integrity, Relationship, SenderType, Timestamp, shown};
use serde::Serialize;
use threadwell_application::ports::{MessageView, Readable};
use utoipa::ToSchema;

/// The proxy in whose words the patient spoke.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SentByProxy {
    #[schema(example = "Carla Mendes")]
    full_name: String,
    relationship: Relationship,
}

impl SentByProxy {
    pub(super) fn of(view: &MessageView) -> Option<Self> {
        let (name, relationship) = view.proxy.as_ref()?;
        Some(Self { full_name: shown(name), relationship: (*relationship).into() })
    }
}

/// A message or an internal note.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffMessage {
    id: Id,
    sender_type: SenderType,
    /// The staff member who wrote it.
    #[schema(required)]
    sender_id: Option<Id>,
    #[schema(example = "Maria Santos")]
    sender_name: String,
    #[schema(required, example = "Medical Assistant")]
    sender_title: Option<String>,
    /// Null when `integrity` is `failed`.
    #[schema(required, example = "Your refill has been sent to your pharmacy.")]
    message_text: Option<String>,
    sent_at: Timestamp,
    /// Patients never see it.
    is_internal_note: bool,
    has_attachments: bool,
    attachments: Vec<Attachment>,
    integrity: Integrity,
    #[schema(required)]
    revised_at: Option<Timestamp>,
    #[schema(required)]
    sent_by_proxy: Option<SentByProxy>,
    /// Colleagues that a note mentions.
    mentions: Vec<Id>,
}

impl From<&MessageView> for StaffMessage {
    fn from(view: &MessageView) -> Self {
        Self {
            id: Id(view.id.uuid()),
            sender_type: view.sender_kind.into(),
            sender_id: view.staff.map(|id| Id(id.uuid())),
            sender_name: shown(&view.sender_name),
            sender_title: view.sender_title.clone(),
            message_text: view.body.text().map(|text| text.expose().to_owned()),
            sent_at: view.sent_at.into(),
            is_internal_note: view.is_internal,
            has_attachments: !view.attachments.is_empty(),
            attachments: view.attachments.iter().map(Attachment::from).collect(),
            integrity: integrity(view),
            revised_at: view.revised_at.map(Timestamp),
            sent_by_proxy: SentByProxy::of(view),
            mentions: view.mentions.iter().map(|id| Id(id.uuid())).collect(),
        }
    }
}

/// The text decides; a name that cannot be read is shown as empty.
pub(super) fn integrity(view: &MessageView) -> Integrity {
    Integrity::of(Readable::is_intact(&view.body))
}
