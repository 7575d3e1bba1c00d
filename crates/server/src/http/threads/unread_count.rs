//! `GET /api/patient-messages/unread-count`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::Count;
use actix_web::{HttpResponse, get, web};
use threadwell_application::threads;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Counts threads, not closed, that nobody of the staff has read.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The count.", body = Count)),
)]
#[get("/api/patient-messages/unread-count")]
pub(crate) async fn count_unread(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let counted = state.run(move |store| threads::count_unread(store, &caller.caller)).await?;
    Ok(answer::ok(&Count::from(counted)))
}
