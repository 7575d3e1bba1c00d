//! What was created.

use super::Id;
use crate::http::code::Code;
use serde::Serialize;
use threadwell_application::ports::Receipt;
use utoipa::ToSchema;

/// A new thread with its first message.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ThreadCreated {
    thread_id: Id,
    message_id: Id,
}

impl ThreadCreated {
    pub(crate) fn of(receipt: &Receipt) -> Result<Self, Code> {
        let (thread, message) = receipt.thread.zip(receipt.message).ok_or(Code::InternalError)?;
        Ok(Self { thread_id: Id(thread.uuid()), message_id: Id(message.uuid()) })
    }
}

/// A message that was sent.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MessageSent {
    message_id: Id,
    /// Only where the message started a new thread, because the old one was closed too long ago.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    thread_id: Option<Id>,
}

impl MessageSent {
    pub(crate) fn of(receipt: &Receipt) -> Result<Self, Code> {
        let message = receipt.message.ok_or(Code::InternalError)?;
        Ok(Self { message_id: Id(message.uuid()), thread_id: receipt.thread.map(|id| Id(id.uuid())) })
    }
}

/// A prepared answer that was created.
#[derive(Serialize, ToSchema)]
pub(crate) struct CannedResponseCreated {
    id: Id,
}

impl CannedResponseCreated {
    pub(crate) fn of(receipt: &Receipt) -> Result<Self, Code> {
        let id = receipt.canned_response.ok_or(Code::InternalError)?;
        Ok(Self { id: Id(id.uuid()) })
    }
}

/// A view that is kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct ViewCreated {
    id: Id,
}

impl ViewCreated {
    pub(crate) fn of(receipt: &Receipt) -> Result<Self, Code> {
        let id = receipt.view.ok_or(Code::InternalError)?;
        Ok(Self { id: Id(id.uuid()) })
    }
}

/// A team that was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct TeamCreated {
    id: Id,
}

impl TeamCreated {
    pub(crate) fn of(receipt: &Receipt) -> Result<Self, Code> {
        let id = receipt.team.ok_or(Code::InternalError)?;
        Ok(Self { id: Id(id.uuid()) })
    }
}
