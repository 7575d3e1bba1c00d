//! What a search found, and how it was understood.

use super::{Id, SenderType, Timestamp, shown};
use serde::Serialize;
use threadwell_application::ports::{FoundMessage, TextPart as Part, Understood};
use threadwell_domain::Phi;
use threadwell_domain::search::{Filter, IgnoredReason as Reason, Side, Term};
use utoipa::ToSchema;

/// A piece of a text.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TextPart {
    #[schema(example = "rash")]
    text: String,
    /// Whether it is what was looked for.
    is_hit: bool,
}

/// The pieces of a text, as they travel.
pub(crate) fn parts(parts: &[Part]) -> Vec<TextPart> {
    parts.iter().map(|part| TextPart { text: part.text.expose().to_owned(), is_hit: part.is_hit }).collect()
}

/// A message that staff found.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FoundStaffMessage {
    id: Id,
    sender_type: SenderType,
    #[schema(example = "Maria Santos")]
    sender_name: String,
    sent_at: Timestamp,
    is_internal_note: bool,
    has_attachments: bool,
}

impl From<&FoundMessage> for FoundStaffMessage {
    fn from(found: &FoundMessage) -> Self {
        Self {
            id: Id(found.id.uuid()),
            sender_type: found.sender_kind.into(),
            sender_name: shown(&found.sender_name),
            sent_at: found.sent_at.into(),
            is_internal_note: found.is_internal,
            has_attachments: found.has_attachments,
        }
    }
}

/// A message that a patient found.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FoundPortalMessage {
    id: Id,
    sender_type: SenderType,
    #[schema(example = "Maria Santos")]
    sender_name: String,
    sent_at: Timestamp,
    /// Whether the caller's own account wrote it.
    is_own: bool,
    has_attachments: bool,
}

impl From<&FoundMessage> for FoundPortalMessage {
    fn from(found: &FoundMessage) -> Self {
        Self {
            id: Id(found.id.uuid()),
            sender_type: found.sender_kind.into(),
            sender_name: shown(&found.sender_name),
            sent_at: found.sent_at.into(),
            is_own: found.is_own,
            has_attachments: found.has_attachments,
        }
    }
}

/// A word or phrase that was looked for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UnderstoodTerm {
    #[schema(example = "rash")]
    text: String,
    is_phrase: bool,
    /// Whether a hit must not have it.
    is_excluded: bool,
}

impl From<&Term> for UnderstoodTerm {
    fn from(term: &Term) -> Self {
        Self { text: term.text.expose().to_owned(), is_phrase: term.is_phrase, is_excluded: term.is_excluded }
    }
}

/// A filter that narrowed the search.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnderstoodFilter {
    #[schema(example = "from")]
    name: String,
    /// As it was typed.
    #[schema(example = "maria")]
    value: String,
    /// What it stands for.
    #[schema(example = "Maria Santos")]
    label: String,
}

/// Why a part of a query was left out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum IgnoredReason {
    /// There is no such value.
    UnknownValue,
    /// There is no such filter.
    UnknownFilter,
    /// There is nobody of that name: nothing is found.
    Nobody,
    /// There is nobody of that name: what the filter's other values say is found.
    NobodyBeside,
    /// A filter cannot be excluded.
    CannotBeExcluded,
    /// There were too many before it.
    TooMany,
}

/// A part of a query that was left out.
#[derive(Serialize, ToSchema)]
pub(crate) struct IgnoredPart {
    #[schema(example = "category:foo")]
    text: String,
    reason: IgnoredReason,
}

/// How a query was understood.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnderstoodQuery {
    terms: Vec<UnderstoodTerm>,
    filters: Vec<UnderstoodFilter>,
    ignored: Vec<IgnoredPart>,
}

impl UnderstoodQuery {
    /// As a side types it.
    pub(crate) fn of(understood: &Understood, side: Side) -> Self {
        let filter = |(filter, label): &(Filter, Phi)| UnderstoodFilter {
            name: filter.name().name().to_owned(),
            value: filter.value(side).into_inner(),
            label: label.expose().to_owned(),
        };
        let ignored = understood.ignored.iter().map(|part| IgnoredPart {
            text: part.text.expose().to_owned(),
            reason: match part.reason {
                Reason::UnknownValue => IgnoredReason::UnknownValue,
                Reason::UnknownFilter => IgnoredReason::UnknownFilter,
                Reason::Nobody => IgnoredReason::Nobody,
                Reason::NobodyBeside => IgnoredReason::NobodyBeside,
                Reason::CannotBeExcluded => IgnoredReason::CannotBeExcluded,
                Reason::TooMany => IgnoredReason::TooMany,
            },
        });
        Self {
            terms: understood.terms.iter().map(UnderstoodTerm::from).collect(),
            filters: understood.filters.iter().map(filter).collect(),
            ignored: ignored.collect(),
        }
    }
}
