//! `GET /api/patient-portal/messages/threads/{id}/draft`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::Draft;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::access::Audience;
use threadwell_application::portal;
use threadwell_domain::ThreadId;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired];

/// What the caller has begun to write into a conversation.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnDraft {
    #[schema(required)]
    draft: Option<Draft>,
}

/// Gives what the caller has begun to write into a conversation and not sent, on whatever device.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])),
    responses((status = 200, description = "The caller's draft.", body = OwnDraft)),
)]
#[get("/api/patient-portal/messages/threads/{id}/draft")]
pub(crate) async fn portal_read_draft(
    caller: PortalCaller,
    id: PathId,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let thread = ThreadId::new(id.0);
    let kept = state
        .run_for(Audience::Portal, move |store| portal::read_draft(store, &caller.caller, thread))
        .await?;
    Ok(answer::ok(&OwnDraft { draft: kept.as_ref().map(Draft::from) }))
}
