//! `DELETE /api/patient-messages/threads/{id}/links/{threadId}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::{PathId, PathThreadId};
use crate::http::state::State;
use crate::http::wire::Id;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::threads;
use threadwell_domain::ThreadId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Parts two threads.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])),
    params(("threadId" = Id, Path, description = "The other end of the link.")),
    responses((status = 204, description = "They are linked no more.")),
)]
#[delete("/api/patient-messages/threads/{id}/links/{threadId}")]
pub(crate) async fn unlink_threads(
    caller: StaffCaller,
    id: PathId,
    other: PathThreadId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (thread, other) = (ThreadId::new(id.0), ThreadId::new(other.0));
    state.run(move |store| threads::unlink_threads(store, &caller.caller, thread, other)).await?;
    Ok(answer::no_content())
}
