//! Threads and messages as patients see them. **Invariant:** no field that is the staff's business alone: no
//! assignee, priority, version, place or note ever stands here.

use super::thread::closed_at;
use super::{
    Attachment, Category, Id, Integrity, Relationship, Scope, SenderType, SentByProxy, Status, Timestamp,
    shown,
};
use serde::Serialize;
use threadwell_application::ports::{
    AccountProfile, GrantedPatient, MessageView, PortalThreadView, Readable,
};
use threadwell_domain::{AccountId, Moment};
use utoipa::ToSchema;

/// A conversation with the care team.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PortalThread {
    id: Id,
    patient_id: Id,
    #[schema(example = "Refill of tretinoin")]
    subject: String,
    category: Category,
    status: Status,
    created_by_patient: bool,
    last_message_at: Timestamp,
    last_message_by: SenderType,
    #[schema(example = "Your refill has been sent to your pharmacy.")]
    last_message_preview: String,
    #[schema(example = 3)]
    message_count: i32,
    /// Messages of the care team that the caller has not read.
    #[schema(example = 1)]
    unread_count: i32,
    created_at: Timestamp,
    updated_at: Timestamp,
    #[schema(example = "Ana Silva")]
    patient_name: String,
    /// When the care team had last read everything that the patient wrote.
    #[schema(required)]
    seen_by_care_team_at: Option<Timestamp>,
    #[schema(required)]
    closed_at: Option<Timestamp>,
    /// Until when a message opens the closed thread again.
    #[schema(required)]
    reopens_until: Option<Timestamp>,
    /// The closed thread that this one goes on from.
    #[schema(required)]
    linked_thread_id: Option<Id>,
    /// Whether proxies are shut out.
    is_confidential: bool,
    integrity: Integrity,
}

impl PortalThread {
    pub(crate) fn of(view: &PortalThreadView, reopens_until: Option<Moment>) -> Self {
        let facts = &view.facts;
        let intact = [&view.subject, &view.preview, &view.patient_name].into_iter().all(Readable::is_intact);
        Self {
            id: Id(facts.id.uuid()),
            patient_id: Id(facts.patient.uuid()),
            subject: shown(&view.subject),
            category: facts.category.into(),
            status: facts.state.status().into(),
            created_by_patient: facts.created_by_patient,
            last_message_at: facts.last_message.at.into(),
            last_message_by: facts.last_message.by.into(),
            last_message_preview: shown(&view.preview),
            message_count: facts.message_count,
            unread_count: view.unread_count,
            created_at: facts.created_at.into(),
            updated_at: facts.public_updated_at.into(),
            patient_name: shown(&view.patient_name),
            seen_by_care_team_at: facts.seen_by_staff_at.map(Timestamp),
            closed_at: closed_at(facts.state),
            reopens_until: reopens_until.map(Timestamp),
            linked_thread_id: facts.linked_thread.map(|id| Id(id.uuid())),
            is_confidential: facts.confidential,
            integrity: Integrity::of(intact),
        }
    }
}

/// A message of a conversation.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PortalMessage {
    id: Id,
    sender_type: SenderType,
    #[schema(example = "Maria Santos")]
    sender_name: String,
    #[schema(required, example = "Medical Assistant")]
    sender_title: Option<String>,
    /// Null when `integrity` is `failed`.
    #[schema(required, example = "Your refill has been sent to your pharmacy.")]
    message_text: Option<String>,
    sent_at: Timestamp,
    has_attachments: bool,
    attachments: Vec<Attachment>,
    integrity: Integrity,
    #[schema(required)]
    revised_at: Option<Timestamp>,
    #[schema(required)]
    sent_by_proxy: Option<SentByProxy>,
    /// Whether the caller's own account wrote it.
    is_own: bool,
}

impl PortalMessage {
    /// As the reader's account sees it; without one, as somebody else's.
    pub(crate) fn of(view: &MessageView, reader: Option<AccountId>) -> Self {
        Self {
            id: Id(view.id.uuid()),
            sender_type: view.sender_kind.into(),
            sender_name: shown(&view.sender_name),
            sender_title: view.sender_title.clone(),
            message_text: view.body.text().map(|text| text.expose().to_owned()),
            sent_at: view.sent_at.into(),
            has_attachments: !view.attachments.is_empty(),
            attachments: view.attachments.iter().map(Attachment::from).collect(),
            integrity: super::message::integrity(view),
            revised_at: view.revised_at.map(Timestamp),
            sent_by_proxy: SentByProxy::of(view),
            is_own: reader.is_some() && view.account == reader,
        }
    }
}

/// A sign-in to the portal.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PortalAccount {
    id: Id,
    #[schema(example = "Ana Silva")]
    full_name: String,
    #[schema(example = "ana.silva@example.org")]
    email: String,
    /// The preferred language (BCP 47).
    #[schema(example = "en")]
    language: String,
}

impl From<&AccountProfile> for PortalAccount {
    fn from(profile: &AccountProfile) -> Self {
        Self {
            id: Id(profile.id.uuid()),
            full_name: shown(&profile.full_name),
            email: shown(&profile.email),
            language: profile.language.clone(),
        }
    }
}

/// A patient that the account may act for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PortalPatient {
    id: Id,
    #[schema(example = "Ana Silva")]
    full_name: String,
    relationship: Relationship,
    /// Whether the account may write for the patient, or only read.
    scope: Scope,
}

impl From<&GrantedPatient> for PortalPatient {
    fn from(patient: &GrantedPatient) -> Self {
        Self {
            id: Id(patient.grant.patient.uuid()),
            full_name: shown(&patient.full_name),
            relationship: patient.grant.relationship.into(),
            scope: patient.grant.scope.into(),
        }
    }
}
