//! `DELETE /api/patient-messages/threads/{id}/star`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::threads;
use threadwell_domain::ThreadId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Takes the caller's own star away.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])),
    responses((status = 204, description = "It has none.")),
)]
#[delete("/api/patient-messages/threads/{id}/star")]
pub(crate) async fn unstar_thread(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let thread = ThreadId::new(id.0);
    state.run(move |store| threads::unstar(store, &caller.caller, thread)).await?;
    Ok(answer::no_content())
}
