//! `POST /api/patient-messages/threads/{id}/links`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::Id;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::threads;
use threadwell_domain::ThreadId;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::LimitReached];

/// The other end of a link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewLink {
    /// Another thread that the caller sees.
    thread_id: Id,
}

/// Links two threads, for staff alone. It counts for both; linking them again changes nothing.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), request_body = NewLink,
    responses((status = 204, description = "They are linked.")),
)]
#[post("/api/patient-messages/threads/{id}/links")]
pub(crate) async fn link_threads(
    caller: StaffCaller,
    id: PathId,
    body: Json<NewLink>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (thread, other) = (ThreadId::new(id.0), ThreadId::new(body.value.thread_id.0));
    state.run(move |store| threads::link_threads(store, &caller.caller, thread, other)).await?;
    Ok(answer::no_content())
}
