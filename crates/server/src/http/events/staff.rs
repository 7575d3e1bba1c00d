//! `GET /api/events`

use super::opening::{LastEventId, begin};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use actix_web::{HttpRequest, HttpResponse, get, web};
use std::time::Instant;
use threadwell_application::live;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Tells what changes, as server-sent events, for as long as the session holds.
///
/// `ready` (Ready) comes first, always: `resumed: false` means that whatever is shown has to be fetched again. Then
/// come `thread` (StaffThreadEvent), `notification` (NotificationEvent: one of the reader's is new, or was read or taken
/// back), `practice` (nothing within: views, teams, colleagues, canned responses or settings moved), `presence`
/// (PresenceEvent, without an id), and `reset`, which means the same as `resumed: false`. `closing` (Closed) is the
/// last. A comment comes every 15 seconds. A stream is no activity, and a person's thirteenth ends the oldest.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(LastEventId),
    responses((status = 200, description = "Events until the stream ends.", body = String, content_type = "text/event-stream")),
)]
#[get("/api/events")]
pub(crate) async fn open_events(
    caller: StaffCaller,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let asked_at = Instant::now();
    let opened = state.run(move |store| live::open_stream(store, &caller.caller)).await?;
    begin(&request, state, opened, asked_at).await
}
