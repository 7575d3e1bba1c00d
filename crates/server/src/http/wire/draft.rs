//! What its writer has not sent.

use super::{Category, Timestamp};
use serde::Serialize;
use threadwell_application::ports::{KeptDraft, KeptThreadDraft};
use utoipa::ToSchema;

/// Words for a conversation that there is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Draft {
    /// As it was typed.
    #[schema(example = "Your refill has been ")]
    text: String,
    updated_at: Timestamp,
}

impl From<&KeptDraft> for Draft {
    fn from(kept: &KeptDraft) -> Self {
        Self { text: kept.text.expose().to_owned(), updated_at: kept.updated_at.into() }
    }
}

/// A conversation that was begun.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ThreadDraft {
    #[schema(example = "Refill of ")]
    subject: String,
    /// Null until it is chosen.
    #[schema(required)]
    category: Option<Category>,
    /// As it was typed.
    #[schema(example = "Hello, I am almost ")]
    text: String,
    /// Whether it is to shut proxies out.
    is_confidential: bool,
    updated_at: Timestamp,
}

impl From<&KeptThreadDraft> for ThreadDraft {
    fn from(kept: &KeptThreadDraft) -> Self {
        Self {
            subject: kept.subject.expose().to_owned(),
            category: kept.category.map(Category::from),
            text: kept.text.expose().to_owned(),
            is_confidential: kept.is_confidential,
            updated_at: kept.updated_at.into(),
        }
    }
}
