//! `DELETE /api/canned-responses/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::canned_responses;
use threadwell_domain::CannedResponseId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Takes a prepared answer out of use. Messages that were written with it stay as they are.
#[utoipa::path(
    tag = "Staff: canned responses", security(("staffToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/canned-responses/{id}")]
pub(crate) async fn retire_canned_response(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = CannedResponseId::new(id.0);
    state.run(move |store| canned_responses::retire(store, &caller.caller, id)).await?;
    Ok(answer::no_content())
}
