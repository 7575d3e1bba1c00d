//! `POST /api/teams`

use super::{duty, members};
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::Fields;
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{Category, Distinct, Id, TeamCreated};
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::ports::{Store, TeamChanges};
use threadwell_application::teams;
use threadwell_domain::team::TeamName;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::LimitReached];

/// A team to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewTeam {
    /// 1 to 60 characters on one line, of no other team.
    #[schema(min_length = 1, max_length = 60, example = "Referrals")]
    name: String,
    /// What the team is on duty for: unassigned threads of these are its members' business.
    #[schema(value_type = BTreeSet<Category>, max_items = 6, example = json!(["medical"]))]
    categories: Distinct<Category>,
    /// Who belongs to it.
    #[schema(max_items = 200, example = json!([]))]
    member_ids: Vec<Id>,
}

impl NewTeam {
    fn parse(&self) -> ApiResult<(TeamName, TeamChanges)> {
        let mut fields = Fields::default();
        let name = fields.check("/name", TeamName::parse(&self.name));
        let members = Some(members(&mut fields, &self.member_ids));
        let rest = TeamChanges { name: None, categories: Some(duty(&self.categories)), members };
        fields.finish(name.map(|name| (name, rest)))
    }
}

/// Makes a team.
#[utoipa::path(
    tag = "Staff: people", security(("staffToken" = [])), params(IdempotencyHeader), request_body = NewTeam,
    responses((status = 201, description = "Its id.", body = TeamCreated)),
)]
#[post("/api/teams")]
pub(crate) async fn create_team(
    caller: StaffCaller,
    key: IdempotencyHeader,
    body: Json<NewTeam>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (key, (name, rest)) = (key.with(body.fingerprint), body.value.parse()?);
    let create = move |store: &dyn Store| teams::create(store, &caller.caller, &name, &rest, key.as_ref());
    let receipt = state.run(create).await?;
    Ok(answer::created(&receipt, &TeamCreated::of(&receipt)?))
}
