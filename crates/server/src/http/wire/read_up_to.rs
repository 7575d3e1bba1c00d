//! How far somebody has read.

use super::Id;
use crate::http::fields::present;
use serde::Deserialize;
use threadwell_domain::MessageId;
use utoipa::ToSchema;

/// How far somebody has read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ReadUpTo {
    /// The newest message read; the end of the thread unless said.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    message_id: Option<Id>,
}

impl ReadUpTo {
    pub(crate) fn message(&self) -> Option<MessageId> {
        self.message_id.map(|id| MessageId::new(id.0))
    }
}
