//! `POST /api/patient-portal/messages/threads/{id}/mark-read`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::json::OptionalJson;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::ReadUpTo;
use actix_web::{HttpResponse, post, web};
use threadwell_application::access::Audience;
use threadwell_application::portal;
use threadwell_domain::ThreadId;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired];

/// Marks a conversation read by the caller, up to a message or to its end. Never moves back.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])),
    request_body(content = Option<ReadUpTo>, description = "May be left out."),
    responses((status = 204, description = "Done.")),
)]
#[post("/api/patient-portal/messages/threads/{id}/mark-read")]
pub(crate) async fn portal_mark_read(
    caller: PortalCaller,
    id: PathId,
    OptionalJson(body): OptionalJson<ReadUpTo>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (thread, up_to) = (ThreadId::new(id.0), body.message());
    state
        .run_for(Audience::Portal, move |store| portal::mark_read(store, &caller.caller, thread, up_to))
        .await?;
    Ok(answer::no_content())
}
