//! `POST /api/patient-messages/threads/{id}/close`

use super::changed;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, present};
use crate::http::headers::IfMatch;
use crate::http::identity::StaffCaller;
use crate::http::json::OptionalJson;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::StaffThreadAnswer;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::ports::Store;
use threadwell_application::threads;
use threadwell_domain::ThreadId;
use threadwell_domain::thread::CloseReason;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::IllegalTransition, Code::VersionMismatch];

/// Why a thread is closed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CloseThread {
    /// 1 to 500 characters, for staff.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 500, example = "Refill sent")]
    reason: Option<String>,
}

impl CloseThread {
    fn parse(self) -> ApiResult<Option<CloseReason>> {
        let mut fields = Fields::default();
        let reason =
            self.reason.as_deref().and_then(|text| fields.check("/reason", CloseReason::parse(text)));
        fields.finish(Some(reason))
    }
}

/// Closes a thread.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(IfMatch),
    request_body(content = Option<CloseThread>, description = "May be left out."),
    responses((
        status = 200, description = "The thread as it is now.", body = StaffThreadAnswer,
        headers(("ETag" = String, description = "The thread's new version.")),
    )),
)]
#[post("/api/patient-messages/threads/{id}/close")]
pub(crate) async fn close_thread(
    caller: StaffCaller,
    id: PathId,
    if_match: IfMatch,
    OptionalJson(body): OptionalJson<CloseThread>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (thread, reason) = (ThreadId::new(id.0), body.parse()?);
    let close = move |store: &dyn Store| {
        threads::close_thread(store, &caller.caller, thread, reason.as_ref(), if_match.version)
    };
    Ok(changed(&state.run(close).await?))
}
