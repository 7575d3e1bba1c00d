//! `POST /api/patient-messages/threads/{id}/mark-unread`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, post, web};
use threadwell_application::threads;
use threadwell_domain::ThreadId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Marks a thread unread for the caller alone.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[post("/api/patient-messages/threads/{id}/mark-unread")]
pub(crate) async fn mark_unread(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let thread = ThreadId::new(id.0);
    state.run(move |store| threads::mark_unread(store, &caller.caller, thread)).await?;
    Ok(answer::no_content())
}
