//! `POST /api/patient-messages/threads/{id}/reopen`

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
use threadwell_application::ports::Store;
use threadwell_application::threads;
use threadwell_domain::ThreadId;

pub(crate) const PROBLEMS: &[Code] = &[Code::IllegalTransition, Code::VersionMismatch];

/// Opens a closed thread again.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(IfMatch),
    responses((
        status = 200, description = "The thread as it is now.", body = StaffThreadAnswer,
        headers(("ETag" = String, description = "The thread's new version.")),
    )),
)]
#[post("/api/patient-messages/threads/{id}/reopen")]
pub(crate) async fn reopen_thread(
    caller: StaffCaller,
    id: PathId,
    if_match: IfMatch,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let thread = ThreadId::new(id.0);
    let reopen =
        move |store: &dyn Store| threads::reopen_thread(store, &caller.caller, thread, if_match.version);
    Ok(changed(&state.run(reopen).await?))
}
