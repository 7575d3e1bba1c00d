//! `PUT /api/patient-messages/threads/{id}/star`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, put, web};
use threadwell_application::threads;
use threadwell_domain::ThreadId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Gives a thread the caller's own star; nobody else sees it.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])),
    responses((status = 204, description = "It has one.")),
)]
#[put("/api/patient-messages/threads/{id}/star")]
pub(crate) async fn star_thread(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let thread = ThreadId::new(id.0);
    state.run(move |store| threads::star(store, &caller.caller, thread)).await?;
    Ok(answer::no_content())
}
