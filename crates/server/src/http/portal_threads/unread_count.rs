//! `GET /api/patient-portal/messages/unread-count`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::state::State;
use crate::http::wire::Count;
use actix_web::{HttpResponse, get, web};
use threadwell_application::access::Audience;
use threadwell_application::portal;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired];

/// Counts conversations, not closed, with messages of the care team that the caller has not read.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])), params(),
    responses((status = 200, description = "The count.", body = Count)),
)]
#[get("/api/patient-portal/messages/unread-count")]
pub(crate) async fn portal_count_unread(
    caller: PortalCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let counted =
        state.run_for(Audience::Portal, move |store| portal::count_unread(store, &caller.caller)).await?;
    Ok(answer::ok(&Count::from(counted)))
}
