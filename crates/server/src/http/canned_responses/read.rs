//! `GET /api/canned-responses/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::CannedResponse;
use actix_web::{HttpResponse, get, web};
use threadwell_application::canned_responses;
use threadwell_domain::CannedResponseId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Reads a prepared answer.
#[utoipa::path(
    tag = "Staff: canned responses", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The prepared answer.", body = CannedResponse)),
)]
#[get("/api/canned-responses/{id}")]
pub(crate) async fn read_canned_response(
    caller: StaffCaller,
    id: PathId,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = CannedResponseId::new(id.0);
    let view = state.run(move |store| canned_responses::read(store, &caller.caller, id)).await?;
    Ok(answer::ok(&CannedResponse::from(&view)))
}
