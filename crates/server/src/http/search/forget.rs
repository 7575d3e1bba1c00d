//! `DELETE /api/patient-messages/search/recent`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::search;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Forgets what the caller searched for before.
#[utoipa::path(
    tag = "Staff: search", security(("staffToken" = [])),
    responses((status = 204, description = "All of it is forgotten.")),
)]
#[delete("/api/patient-messages/search/recent")]
pub(crate) async fn forget_searches(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    state.run(move |store| search::forget_searches(store, &caller.caller)).await?;
    Ok(answer::no_content())
}
