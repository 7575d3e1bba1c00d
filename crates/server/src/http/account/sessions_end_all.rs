//! `POST /api/auth/sessions/end-all`, `POST /api/patient-portal/auth/sessions/end-all`

use crate::http::auth::logout;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::NoBody;
use crate::http::state::State;
use actix_web::{HttpResponse, post, web};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Ends all of one's sessions, this one as well.
#[utoipa::path(
    tag = "Staff: account", security(("staffToken" = [])),
    responses((status = 204, description = "Signed out everywhere.")),
)]
#[post("/api/auth/sessions/end-all")]
pub(crate) async fn end_all_sessions(
    caller: StaffCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    end(&state, caller.caller, Audience::Staff).await
}

/// Ends all of one's sessions, this one as well.
#[utoipa::path(
    tag = "Portal: account", security(("portalToken" = [])),
    responses((status = 204, description = "Signed out everywhere.")),
)]
#[post("/api/patient-portal/auth/sessions/end-all")]
pub(crate) async fn portal_end_all_sessions(
    caller: PortalCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    end(&state, caller.caller, Audience::Portal).await
}

async fn end(state: &State, caller: Caller, audience: Audience) -> ApiResult<HttpResponse> {
    state.run_for(audience, move |store| accounts::end_sessions(store, &caller, false)).await?;
    logout::gone(audience)
}
