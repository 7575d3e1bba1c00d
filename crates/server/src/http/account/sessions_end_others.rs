//! `POST /api/auth/sessions/end-others`, `POST /api/patient-portal/auth/sessions/end-others`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::NoBody;
use crate::http::state::State;
use actix_web::{HttpResponse, post, web};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Ends all of one's sessions but this one.
#[utoipa::path(
    tag = "Staff: account", security(("staffToken" = [])),
    responses((status = 204, description = "Ended.")),
)]
#[post("/api/auth/sessions/end-others")]
pub(crate) async fn end_other_sessions(
    caller: StaffCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    end(&state, caller.caller, Audience::Staff).await
}

/// Ends all of one's sessions but this one.
#[utoipa::path(
    tag = "Portal: account", security(("portalToken" = [])),
    responses((status = 204, description = "Ended.")),
)]
#[post("/api/patient-portal/auth/sessions/end-others")]
pub(crate) async fn portal_end_other_sessions(
    caller: PortalCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    end(&state, caller.caller, Audience::Portal).await
}

async fn end(state: &State, caller: Caller, audience: Audience) -> ApiResult<HttpResponse> {
    state.run_for(audience, move |store| accounts::end_sessions(store, &caller, true)).await?;
    Ok(answer::no_content())
}
