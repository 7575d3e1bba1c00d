//! `GET /api/patient-messages/threads/{id}/attachments`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::ThreadAttachments;
use actix_web::{HttpResponse, get, web};
use threadwell_application::attachments::list_attachments;
use threadwell_domain::ThreadId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Lists the files of a thread, oldest message first.
#[utoipa::path(
    tag = "Staff: files", security(("staffToken" = [])),
    responses((status = 200, description = "The files.", body = ThreadAttachments)),
)]
#[get("/api/patient-messages/threads/{id}/attachments")]
pub(crate) async fn list_thread_attachments(
    caller: StaffCaller,
    id: PathId,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let thread = ThreadId::new(id.0);
    let files = state.run(move |store| list_attachments(store, &caller.caller, thread)).await?;
    Ok(answer::ok(&ThreadAttachments::of(&files)))
}
