//! `GET /api/teams`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::Team;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::people;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Teams, by name.
#[derive(Serialize, ToSchema)]
pub(crate) struct TeamList {
    teams: Vec<Team>,
}

/// Lists teams that a thread can be assigned to.
#[utoipa::path(
    tag = "Staff: people", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The teams.", body = TeamList)),
)]
#[get("/api/teams")]
pub(crate) async fn list_teams(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let views = state.run(move |store| people::list_teams(store, &caller.caller)).await?;
    Ok(answer::ok(&TeamList { teams: views.iter().map(Team::from).collect() }))
}
