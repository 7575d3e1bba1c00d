//! What a view asks of the inbox: the parameters of the list.

use crate::http::fields::{Fields, present};
use crate::http::wire::{Category, Distinct, Id, Priority, Status};
use serde::{Deserialize, Serialize};
use threadwell_application::FieldProblem;
use threadwell_domain::search::KeptQuery;
use threadwell_domain::thread::Assignee;
use threadwell_domain::{Phi, StaffId, TeamId};
use utoipa::ToSchema;

/// What a view asks of the inbox, as the list of threads takes it. What is left out does not narrow.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "categories": ["prescription"], "openOnly": true }))]
pub(crate) struct ViewFilter {
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false, value_type = BTreeSet<Category>, max_items = 6)]
    categories: Option<Distinct<Category>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false, value_type = BTreeSet<Status>, max_items = 5)]
    statuses: Option<Distinct<Status>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false, value_type = BTreeSet<Priority>, max_items = 4)]
    priorities: Option<Distinct<Priority>>,
    /// A person's id, `me` or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false, max_length = 36, example = "me")]
    assigned_to: Option<String>,
    /// A team's id or `mine`; not together with `assignedTo`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(nullable = false, max_length = 36, example = "mine")]
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
    /// Checks what the list would refuse. Gives whom the view names, if it is somebody.
    pub(super) fn check(&self, fields: &mut Fields) -> Option<Assignee> {
        let person = named(fields, "/filter/assignedTo", &self.assigned_to, &["me", "none"]);
        let team = named(fields, "/filter/assignedTeam", &self.assigned_team, &["mine"]);
        if self.assigned_to.is_some() && self.assigned_team.is_some() {
            fields.refuse("/filter/assignedTeam", FieldProblem::Conflict);
        }
        if self.unread_only == Some(true) && self.read_only == Some(true) {
            fields.refuse("/filter/readOnly", FieldProblem::Conflict);
        }
        if let Some(text) = &self.search {
            fields.check("/filter/search", KeptQuery::parse(text));
        }
        let person = person.map(|id| Assignee::Staff(StaffId::new(id.0)));
        person.or(team.map(|id| Assignee::Team(TeamId::new(id.0))))
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

/// The id that stands where one of the words could.
fn named(fields: &mut Fields, pointer: &str, text: &Option<String>, words: &[&str]) -> Option<Id> {
    let text = text.as_deref().filter(|text| !words.contains(text))?;
    let id = Id::parse(text);
    if id.is_none() {
        fields.refuse(pointer, FieldProblem::Invalid);
    }
    id
}
