//! `GET /api/patient-portal/events`

use super::opening::{LastEventId, begin};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::state::State;
use actix_web::{HttpRequest, HttpResponse, get, web};
use std::time::Instant;
use threadwell_application::access::Audience;
use threadwell_application::live;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired];

/// Tells what changes for the patient that the token acts for, as server-sent events, for as long as the session holds.
///
/// `ready` (Ready) comes first, always: `resumed: false` means that whatever is shown has to be fetched again. Then
/// come `thread` (PortalThreadEvent) and `reset`, which means the same as `resumed: false`. `closing` (Closed) is the
/// last. A comment comes every 15 seconds. A stream is no activity, and a person's thirteenth ends the oldest.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])), params(LastEventId),
    responses((status = 200, description = "Events until the stream ends.", body = String, content_type = "text/event-stream")),
)]
#[get("/api/patient-portal/events")]
pub(crate) async fn portal_open_events(
    caller: PortalCaller,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let asked_at = Instant::now();
    let opened =
        state.run_for(Audience::Portal, move |store| live::open_portal_stream(store, &caller.caller)).await?;
    begin(&request, state, opened, asked_at).await
}
