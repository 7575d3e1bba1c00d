//! The data of events.

use super::{Id, Timestamp};
use serde::{Deserialize, Serialize};
use threadwell_application::live::ToldKind;
use threadwell_application::ports::{Viewer, ViewerState as State, Viewers};
use threadwell_domain::{MessageId, NotificationId, StaffId, ThreadId};
use utoipa::ToSchema;

/// Data of `ready`.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ready {
    /// Whether the stream goes on where it was cut; if not, whatever is shown has to be fetched again.
    pub(crate) resumed: bool,
}

/// Data of `closing`.
#[derive(Serialize, ToSchema)]
pub(crate) struct Closed {
    /// After `session_ended` try one refresh; after the others come back with backoff and jitter.
    #[schema(value_type = ClosingReason)]
    pub(crate) reason: &'static str,
}

/// Why a stream ended.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "says in the document which values there are")]
pub(crate) enum ClosingReason {
    SessionEnded,
    Shutdown,
    TooSlow,
}

/// What happened to a thread, for staff.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "says in the document which values there are")]
pub(crate) enum StaffThreadEventKind {
    Started,
    Message,
    Note,
    Assigned,
    Status,
    Fields,
    Read,
    File,
    Gone,
    Links,
}

/// What happened to a conversation, for a patient.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "says in the document which values there are")]
pub(crate) enum PortalThreadEventKind {
    Started,
    Message,
    Status,
    Fields,
    Seen,
    Read,
    File,
}

/// Data of `thread` on the staff's stream.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffThreadEvent {
    thread_id: Id,
    #[schema(value_type = StaffThreadEventKind)]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<Id>,
    /// The member of the staff who did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_id: Option<Id>,
}

impl StaffThreadEvent {
    pub(crate) fn of(
        kind: ToldKind,
        thread: ThreadId,
        message: Option<MessageId>,
        by: Option<StaffId>,
    ) -> Self {
        Self {
            thread_id: Id(thread.uuid()),
            kind: kind.name(),
            message_id: message.map(|id| Id(id.uuid())),
            actor_id: by.map(|id| Id(id.uuid())),
        }
    }
}

/// Data of `thread` on a patient's stream.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PortalThreadEvent {
    thread_id: Id,
    #[schema(value_type = PortalThreadEventKind)]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<Id>,
}

impl PortalThreadEvent {
    pub(crate) fn of(kind: ToldKind, thread: ThreadId, message: Option<MessageId>) -> Self {
        Self { thread_id: Id(thread.uuid()), kind: kind.name(), message_id: message.map(|id| Id(id.uuid())) }
    }
}

/// Data of `notification`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NotificationEvent {
    notification_id: Id,
    thread_id: Id,
}

impl NotificationEvent {
    pub(crate) fn of(id: NotificationId, thread: ThreadId) -> Self {
        Self { notification_id: Id(id.uuid()), thread_id: Id(thread.uuid()) }
    }
}

/// What somebody does at a thread; `gone` is said, never shown.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ViewerState {
    Viewing,
    Replying,
    Noting,
    Gone,
}

impl ViewerState {
    /// As the use case takes it.
    pub(crate) const fn shown(self) -> Option<State> {
        match self {
            Self::Viewing => Some(State::Viewing),
            Self::Replying => Some(State::Replying),
            Self::Noting => Some(State::Noting),
            Self::Gone => None,
        }
    }
}

impl From<State> for ViewerState {
    fn from(state: State) -> Self {
        match state {
            State::Viewing => Self::Viewing,
            State::Replying => Self::Replying,
            State::Noting => Self::Noting,
        }
    }
}

/// Somebody at a thread.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ThreadViewer {
    staff_id: Id,
    #[schema(example = "Maria Santos")]
    full_name: String,
    state: ViewerState,
    /// Until when it holds, unless it is said again.
    until: Timestamp,
}

impl From<&Viewer> for ThreadViewer {
    fn from(viewer: &Viewer) -> Self {
        Self {
            staff_id: Id(viewer.staff.uuid()),
            full_name: viewer.full_name.clone(),
            state: viewer.state.into(),
            until: viewer.until.into(),
        }
    }
}

/// Data of `presence`: everybody at a thread but the reader.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PresenceEvent {
    thread_id: Id,
    viewers: Vec<ThreadViewer>,
}

impl PresenceEvent {
    pub(crate) fn of(viewers: &Viewers, reader: StaffId) -> Self {
        let others = viewers.viewers.iter().filter(|viewer| viewer.staff != reader);
        Self { thread_id: Id(viewers.thread.uuid()), viewers: others.map(ThreadViewer::from).collect() }
    }
}
