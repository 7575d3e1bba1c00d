//! `GET /api/patient-messages/threads/{id}/draft`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::Draft;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::threads;
use threadwell_domain::ThreadId;
use threadwell_domain::message::DraftKind;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// What the caller has begun to write into a thread.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffDrafts {
    /// For the patient.
    #[schema(required)]
    reply: Option<Draft>,
    /// For the staff alone.
    #[schema(required)]
    note: Option<Draft>,
}

/// Gives what the caller has begun to write into a thread and not sent, on whatever device.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])),
    responses((status = 200, description = "The caller's drafts.", body = StaffDrafts)),
)]
#[get("/api/patient-messages/threads/{id}/draft")]
pub(crate) async fn read_drafts(
    caller: StaffCaller,
    id: PathId,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let thread = ThreadId::new(id.0);
    let kept = state.run(move |store| threads::read_drafts(store, &caller.caller, thread)).await?;
    let of = |kind: DraftKind| kept.iter().find(|draft| draft.kind == kind).map(Draft::from);
    Ok(answer::ok(&StaffDrafts { reply: of(DraftKind::Reply), note: of(DraftKind::Note) }))
}
