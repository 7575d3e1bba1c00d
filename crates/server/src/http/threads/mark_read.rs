//! `POST /api/patient-messages/threads/{id}/mark-read`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::OptionalJson;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::ReadUpTo;
use actix_web::{HttpResponse, post, web};
use threadwell_application::threads;
use threadwell_domain::ThreadId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Marks a thread read by the caller, up to a message or to its end. Never moves back.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])),
    request_body(content = Option<ReadUpTo>, description = "May be left out."),
    responses((status = 204, description = "Done.")),
)]
#[post("/api/patient-messages/threads/{id}/mark-read")]
pub(crate) async fn mark_read(
    caller: StaffCaller,
    id: PathId,
    OptionalJson(body): OptionalJson<ReadUpTo>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (thread, up_to) = (ThreadId::new(id.0), body.message());
    state.run(move |store| threads::mark_read(store, &caller.caller, thread, up_to)).await?;
    Ok(answer::no_content())
}
