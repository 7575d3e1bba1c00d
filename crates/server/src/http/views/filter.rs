//! What a view asks of the inbox: the parameters of the list.

use crate::http::fields::{Fields, present};
use crate::http::wire::{Category, Id, Priority, Status};
use serde::{Deserialize, Serialize};
use threadwell_application::FieldProblem;
use threadwell_domain::Phi;
use utoipa::ToSchema;

const LONGEST_SEARCH: usize = 200;

/// What a view asks of the inbox, as the list of threads takes it. What is left out does not narrow.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "categories": ["prescription"], "openOnly": true }))]
pub(crate) struct ViewFilter {
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false)]
    categories: Option<Vec<Category>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false)]
    statuses: Option<Vec<Status>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false)]
    priorities: Option<Vec<Priority>>,
    /// A person's id, `me` or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false, example = "me")]
    assigned_to: Option<String>,
    /// A team's id or `mine`; not together with `assignedTo`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false, example = "mine")]
    assigned_team: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false)]
    unread_only: Option<bool>,
    /// Not together with `unreadOnly`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false)]
    read_only: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false)]
    open_only: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false)]
    archived: Option<bool>,
    /// A saved search is a view with this.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false, max_length = 200, example = "tretinoin")]
    search: Option<String>,
}

impl ViewFilter {
    /// Checks what the list would refuse.
    pub(super) fn check(&self, fields: &mut Fields) {
        let is_one = |text: &Option<String>, words: &[&str]| {
            text.as_deref().is_none_or(|text| words.contains(&text) || Id::parse(text).is_some())
        };
        if !is_one(&self.assigned_to, &["me", "none"]) {
            fields.refuse("/filter/assignedTo", FieldProblem::Invalid);
        }
        if !is_one(&self.assigned_team, &["mine"]) {
            fields.refuse("/filter/assignedTeam", FieldProblem::Invalid);
        }
        if self.assigned_to.is_some() && self.assigned_team.is_some() {
            fields.refuse("/filter/assignedTeam", FieldProblem::Conflict);
        }
        if self.unread_only == Some(true) && self.read_only == Some(true) {
            fields.refuse("/filter/readOnly", FieldProblem::Conflict);
        }
        if self.search.as_deref().is_some_and(|text| text.chars().nth(LONGEST_SEARCH).is_some()) {
            fields.refuse("/filter/search", FieldProblem::TooLong(LONGEST_SEARCH));
        }
    }

    /// As it is kept.
    pub(super) fn as_phi(&self) -> Phi {
        Phi::new(serde_json::to_string(self).unwrap_or_default())
    }

    /// As it was kept.
    pub(super) fn of(kept: &Phi) -> Option<Self> {
        serde_json::from_str(kept.expose()).ok()
    }
}
