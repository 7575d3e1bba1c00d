//! `PUT /api/teams/{id}`

use super::{duty, members};
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, present};
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::{Category, Distinct, Id, Team};
use actix_web::{HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::ports::TeamChanges;
use threadwell_application::teams;
use threadwell_domain::TeamId;
use threadwell_domain::team::TeamName;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired];

/// The parts of a team to change; at least one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct TeamChange {
    /// 1 to 60 characters on one line, of no other team.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 60, example = "Referrals")]
    name: Option<String>,
    /// What the team is on duty for. Threads that are with it stay with it.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, value_type = BTreeSet<Category>, max_items = 6, example = json!(["medical"]))]
    categories: Option<Distinct<Category>>,
    /// Everybody who belongs to it from now on.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_items = 200, example = json!([]))]
    member_ids: Option<Vec<Id>>,
}

impl TeamChange {
    fn parse(&self) -> ApiResult<TeamChanges> {
        let mut fields = Fields::default();
        if self.name.is_none() && self.categories.is_none() && self.member_ids.is_none() {
            fields.refuse("", FieldProblem::Required);
        }
        let name = self.name.as_deref().and_then(|text| fields.check("/name", TeamName::parse(text)));
        let categories = self.categories.as_deref().map(duty);
        let members = self.member_ids.as_deref().map(|ids| members(&mut fields, ids));
        fields.finish(Some(TeamChanges { name, categories, members }))
    }
}

/// Changes a team's name, duty or people.
#[utoipa::path(
    tag = "Staff: people", security(("staffToken" = [])), request_body = TeamChange,
    responses((status = 200, description = "The team as it is now.", body = Team)),
)]
#[put("/api/teams/{id}")]
pub(crate) async fn update_team(
    caller: StaffCaller,
    id: PathId,
    body: Json<TeamChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (id, changes) = (TeamId::new(id.0), body.value.parse()?);
    let view = state.run(move |store| teams::update(store, &caller.caller, id, &changes)).await?;
    Ok(answer::ok(&Team::from(&view)))
}
