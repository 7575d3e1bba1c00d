//! Threads as staff see them.

use super::link::LinkedThread;
use super::{Category, Id, Integrity, Priority, Relationship, SenderType, Status, Timestamp, shown};
use serde::Serialize;
use threadwell_application::ports::{LatestReader, PatientPanel as Panel, ProxyView, Readable, StaffReader};
use threadwell_application::ports::{StaffThreadDetail as Detail, StaffThreadView};
use threadwell_domain::thread::State;
use utoipa::ToSchema;

/// A row of the inbox.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffThread {
    pub(crate) id: Id,
    pub(crate) patient_id: Id,
    #[schema(example = "Refill of tretinoin")]
    pub(crate) subject: String,
    pub(crate) category: Category,
    pub(crate) priority: Priority,
    pub(crate) status: Status,
    /// The person who is to answer.
    #[schema(required)]
    pub(crate) assigned_to: Option<Id>,
    #[schema(required, example = "Maria Santos")]
    pub(crate) assigned_to_name: Option<String>,
    /// The team that is to answer; never together with a person.
    #[schema(required)]
    pub(crate) assigned_team: Option<Id>,
    #[schema(required, example = "Triage")]
    pub(crate) assigned_team_name: Option<String>,
    pub(crate) created_by_patient: bool,
    /// When the newest public message was sent.
    pub(crate) last_message_at: Timestamp,
    pub(crate) last_message_by: SenderType,
    #[schema(example = "Hello, I am almost out of my tretinoin cream…")]
    pub(crate) last_message_preview: String,
    /// Public messages, automatic replies included.
    #[schema(example = 3)]
    pub(crate) message_count: i32,
    /// Whether somebody of the staff has read up to the patient's last message.
    pub(crate) is_read_by_staff: bool,
    /// Messages of the patient that the caller has not read.
    #[schema(example = 1)]
    pub(crate) unread_count: i32,
    /// Whether it has the caller's own star.
    pub(crate) is_starred: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    #[schema(example = "Ana Silva")]
    pub(crate) patient_name: String,
    #[schema(example = "RD-100234")]
    pub(crate) patient_mrn: String,
    /// The thread's ETag as a number.
    #[schema(example = 4)]
    pub(crate) version: i32,
    #[schema(required)]
    pub(crate) archived_at: Option<Timestamp>,
    #[schema(required)]
    pub(crate) closed_at: Option<Timestamp>,
    #[schema(required, example = "Refill sent")]
    pub(crate) close_reason: Option<String>,
    /// The closed thread that this one goes on from.
    #[schema(required)]
    pub(crate) linked_thread_id: Option<Id>,
    /// Whether proxies are shut out.
    pub(crate) is_confidential: bool,
    pub(crate) integrity: Integrity,
}

impl From<&StaffThreadView> for StaffThread {
    fn from(view: &StaffThreadView) -> Self {
        let facts = &view.facts;
        let (person, team) = (view.assigned_staff(), view.assigned_team());
        let intact = [&view.subject, &view.preview, &view.patient_name, &view.patient_mrn]
            .into_iter()
            .chain(view.close_reason.as_ref())
            .all(Readable::is_intact);
        Self {
            id: Id(facts.id.uuid()),
            patient_id: Id(facts.patient.uuid()),
            subject: shown(&view.subject),
            category: facts.category.into(),
            priority: facts.priority.into(),
            status: facts.state.status().into(),
            assigned_to: person.map(|id| Id(id.uuid())),
            assigned_to_name: person.and_then(|_| view.assignee_name.clone()),
            assigned_team: team.map(|id| Id(id.uuid())),
            assigned_team_name: team.and_then(|_| view.assignee_name.clone()),
            created_by_patient: facts.created_by_patient,
            last_message_at: facts.last_message.at.into(),
            last_message_by: facts.last_message.by.into(),
            last_message_preview: shown(&view.preview),
            message_count: facts.message_count,
            is_read_by_staff: !facts.unread_by_staff,
            unread_count: view.unread_count,
            is_starred: view.is_starred,
            created_at: facts.created_at.into(),
            updated_at: facts.updated_at.into(),
            patient_name: shown(&view.patient_name),
            patient_mrn: shown(&view.patient_mrn),
            version: facts.version,
            archived_at: facts.archived_at.map(Timestamp),
            closed_at: closed_at(facts.state),
            close_reason: view.close_reason.as_ref().map(shown),
            linked_thread_id: facts.linked_thread.map(|id| Id(id.uuid())),
            is_confidential: facts.confidential,
            integrity: Integrity::of(intact),
        }
    }
}

pub(super) fn closed_at(state: State) -> Option<Timestamp> {
    match state {
        State::Closed(closure) => Some(closure.at.into()),
        State::Active(_) => None,
    }
}

/// Somebody who reads and writes for the patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PatientProxy {
    #[schema(example = "Carla Mendes")]
    full_name: String,
    relationship: Relationship,
    #[schema(required)]
    expires_at: Option<Timestamp>,
}

impl From<&ProxyView> for PatientProxy {
    fn from(proxy: &ProxyView) -> Self {
        Self {
            full_name: shown(&proxy.full_name),
            relationship: proxy.relationship.into(),
            expires_at: proxy.expires_at.map(Timestamp),
        }
    }
}

/// What stands beside a conversation about its patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PatientPanel {
    id: Id,
    #[schema(example = "Ana Silva")]
    full_name: String,
    #[schema(example = "RD-100234")]
    mrn: String,
    #[schema(required, example = "1988-04-17")]
    birth_date: Option<String>,
    #[schema(required, example = "+1 555 0134")]
    phone: Option<String>,
    #[schema(required, example = "ana.silva@example.org")]
    email: Option<String>,
    /// The preferred language (BCP 47).
    #[schema(example = "en")]
    language: String,
    proxies: Vec<PatientProxy>,
    /// Whether the patient has an account of its own.
    portal_account: bool,
}

impl From<&Panel> for PatientPanel {
    fn from(panel: &Panel) -> Self {
        Self {
            id: Id(panel.id.uuid()),
            full_name: shown(&panel.full_name),
            mrn: shown(&panel.mrn),
            birth_date: panel.birth_date.as_ref().map(shown),
            phone: panel.phone.as_ref().map(shown),
            email: panel.email.as_ref().map(shown),
            language: panel.language.clone(),
            proxies: panel.proxies.iter().map(PatientProxy::from).collect(),
            portal_account: panel.has_own_account,
        }
    }
}

/// Another thread of the same patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EarlierThread {
    id: Id,
    #[schema(example = "Rash on the left arm")]
    subject: String,
    status: Status,
    last_message_at: Timestamp,
}

impl From<&StaffThreadView> for EarlierThread {
    fn from(view: &StaffThreadView) -> Self {
        Self {
            id: Id(view.facts.id.uuid()),
            subject: shown(&view.subject),
            status: view.facts.state.status().into(),
            last_message_at: view.facts.last_message.at.into(),
        }
    }
}

/// How far somebody on the patient's side has read.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PatientSeen {
    #[schema(example = "Ana Silva")]
    name: String,
    at: Timestamp,
    message_id: Id,
}

impl From<&LatestReader> for PatientSeen {
    fn from(reader: &LatestReader) -> Self {
        Self { name: shown(&reader.name), at: reader.at.into(), message_id: Id(reader.message.uuid()) }
    }
}

/// How far a colleague has read.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffSeen {
    staff_id: Id,
    #[schema(example = "Maria Santos")]
    full_name: String,
    at: Timestamp,
    message_id: Id,
}

impl From<&StaffReader> for StaffSeen {
    fn from(reader: &StaffReader) -> Self {
        Self {
            staff_id: Id(reader.staff.uuid()),
            full_name: reader.full_name.clone(),
            at: reader.at.into(),
            message_id: Id(reader.message.uuid()),
        }
    }
}

/// A thread with everything beside it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffThreadDetail {
    #[serde(flatten)]
    row: StaffThread,
    patient: PatientPanel,
    /// The five newest others of this patient.
    earlier_threads: Vec<EarlierThread>,
    /// The newest message that the caller has read.
    #[schema(required)]
    own_last_read_message_id: Option<Id>,
    patient_seen: Vec<PatientSeen>,
    /// How far colleagues have read, newest first, without the caller; at most ten.
    staff_seen: Vec<StaffSeen>,
    /// The threads that staff linked it to, as far as the caller's role sees them, newest link first.
    links: Vec<LinkedThread>,
}

impl From<&Detail> for StaffThreadDetail {
    fn from(detail: &Detail) -> Self {
        Self {
            row: (&detail.view).into(),
            patient: (&detail.patient).into(),
            earlier_threads: detail.earlier.iter().map(EarlierThread::from).collect(),
            own_last_read_message_id: detail.own_last_read.map(|id| Id(id.uuid())),
            patient_seen: detail.patient_seen.iter().map(PatientSeen::from).collect(),
            staff_seen: detail.staff_seen.iter().map(StaffSeen::from).collect(),
            links: detail.links.iter().map(LinkedThread::from).collect(),
        }
    }
}

/// A thread after a change.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffThreadAnswer {
    pub(crate) thread: StaffThreadDetail,
}
