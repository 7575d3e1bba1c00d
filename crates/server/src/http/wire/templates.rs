//! Prepared answers and automatic replies.

use super::{Category, Id, Timestamp};
use serde::Serialize;
use threadwell_application::ports::{AutoReplyView, CannedResponseView};
use utoipa::ToSchema;

/// A prepared answer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CannedResponse {
    id: Id,
    #[schema(example = "Prescription Approved")]
    title: String,
    category: Category,
    /// May hold `[blanks]`, which must be filled in before sending.
    #[schema(example = "Your prescription refill has been approved and sent to your pharmacy.")]
    response_text: String,
    is_active: bool,
    updated_at: Timestamp,
    #[schema(example = 1)]
    version: i32,
}

impl From<&CannedResponseView> for CannedResponse {
    fn from(view: &CannedResponseView) -> Self {
        Self {
            id: Id(view.id.uuid()),
            title: view.title.clone(),
            category: view.category.into(),
            response_text: view.response.clone(),
            is_active: view.is_active,
            updated_at: view.updated_at.into(),
            version: view.version,
        }
    }
}

/// The automatic reply of a category.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AutoReply {
    category: Category,
    /// Empty where none was ever written.
    #[schema(example = "Thank you for your prescription refill request.")]
    message_text: String,
    is_active: bool,
    #[schema(required)]
    updated_at: Option<Timestamp>,
}

impl From<&AutoReplyView> for AutoReply {
    fn from(view: &AutoReplyView) -> Self {
        Self {
            category: view.category.into(),
            message_text: view.message.clone(),
            is_active: view.is_active,
            updated_at: view.updated_at.map(Timestamp),
        }
    }
}
