//! `DELETE /api/teams/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::teams;
use threadwell_domain::TeamId;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::TeamInUse];

/// Takes a team out of use. Closed threads still name it.
#[utoipa::path(
    tag = "Staff: people", security(("staffToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/teams/{id}")]
pub(crate) async fn retire_team(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = TeamId::new(id.0);
    state.run(move |store| teams::retire(store, &caller.caller, id)).await?;
    Ok(answer::no_content())
}
