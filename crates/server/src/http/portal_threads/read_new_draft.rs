//! `GET /api/patient-portal/messages/draft`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::state::State;
use crate::http::wire::ThreadDraft;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::access::Audience;
use threadwell_application::portal;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired];

/// The conversation that the caller has begun with the patient.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnThreadDraft {
    #[schema(required)]
    draft: Option<ThreadDraft>,
}

/// Gives the conversation that the caller has begun and not sent, on whatever device.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])),
    responses((status = 200, description = "The caller's draft.", body = OwnThreadDraft)),
)]
#[get("/api/patient-portal/messages/draft")]
pub(crate) async fn portal_read_new_draft(
    caller: PortalCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let kept =
        state.run_for(Audience::Portal, move |store| portal::read_new_draft(store, &caller.caller)).await?;
    Ok(answer::ok(&OwnThreadDraft { draft: kept.as_ref().map(ThreadDraft::from) }))
}
