//! `DELETE /api/auth/sessions/{id}`, `DELETE /api/patient-portal/auth/sessions/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts;
use threadwell_domain::SessionId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Ends one of one's sessions.
#[utoipa::path(
    tag = "Staff: account", security(("staffToken" = [])),
    responses((status = 204, description = "Ended.")),
)]
#[delete("/api/auth/sessions/{id}")]
pub(crate) async fn end_session(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    end(&state, caller.caller, id, Audience::Staff).await
}

/// Ends one of one's sessions.
#[utoipa::path(
    tag = "Portal: account", security(("portalToken" = [])),
    responses((status = 204, description = "Ended.")),
)]
#[delete("/api/patient-portal/auth/sessions/{id}")]
pub(crate) async fn portal_end_session(
    caller: PortalCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    end(&state, caller.caller, id, Audience::Portal).await
}

async fn end(state: &State, caller: Caller, id: PathId, audience: Audience) -> ApiResult<HttpResponse> {
    let session = SessionId::new(id.0);
    state.run_for(audience, move |store| accounts::end_session(store, &caller, session)).await?;
    Ok(answer::no_content())
}
