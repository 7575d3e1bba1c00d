//! `PUT /api/patient-messages/threads/{id}/presence`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::{ThreadViewer, ViewerState};
use actix_web::{HttpRequest, HttpResponse, put, web};
use serde::{Deserialize, Serialize};
use threadwell_application::live;
use threadwell_domain::ThreadId;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// What the caller does at a thread.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Presence {
    state: ViewerState,
}

/// The others who are at the thread.
#[derive(Serialize, ToSchema)]
pub(crate) struct ThreadViewers {
    viewers: Vec<ThreadViewer>,
}

/// Says that the caller looks at a thread or writes into it. Holds for 40 seconds; repeated while it is on a screen.
/// No activity, unless X-Threadwell-Activity says so: it repeats by itself.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), request_body = Presence,
    responses((status = 200, description = "The others.", body = ThreadViewers)),
)]
#[put("/api/patient-messages/threads/{id}/presence")]
pub(crate) async fn update_presence(
    caller: StaffCaller,
    request: HttpRequest,
    id: PathId,
    body: Json<Presence>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (caller, thread) = (caller.repeating(&request), ThreadId::new(id.0));
    let shown = body.value.state.shown();
    let viewers = state.run(move |store| live::show_presence(store, &caller.caller, thread, shown)).await?;
    Ok(answer::ok(&ThreadViewers { viewers: viewers.iter().map(ThreadViewer::from).collect() }))
}
