//! `POST /api/patient-messages/threads/{id}/unarchive`

use super::changed;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::headers::IfMatch;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::StaffThreadAnswer;
use actix_web::{HttpResponse, post, web};
use threadwell_application::threads;
use threadwell_domain::ThreadId;

pub(crate) const PROBLEMS: &[Code] = &[Code::VersionMismatch];

/// Fetches an archived thread back into the lists; it stays closed.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(IfMatch),
    responses((
        status = 200, description = "The thread as it is now.", body = StaffThreadAnswer,
        headers(("ETag" = String, description = "The thread's new version.")),
    )),
)]
#[post("/api/patient-messages/threads/{id}/unarchive")]
pub(crate) async fn unarchive_thread(
    caller: StaffCaller,
    id: PathId,
    if_match: IfMatch,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (thread, version) = (ThreadId::new(id.0), if_match.version);
    let detail =
        state.run(move |store| threads::unarchive_thread(store, &caller.caller, thread, version)).await?;
    Ok(changed(&detail))
}
