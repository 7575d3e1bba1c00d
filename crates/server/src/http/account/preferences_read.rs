//! `GET /api/auth/preferences`, `GET /api/patient-portal/auth/preferences`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::state::State;
use crate::http::wire::Preferences;
use actix_web::{HttpResponse, get, web};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts;

pub(crate) const PROBLEMS: &[Code] = &[];

/// What one wants of mails and language.
#[utoipa::path(
    tag = "Staff: account", security(("staffToken" = [])), params(),
    responses((status = 200, description = "What the caller wants.", body = Preferences)),
)]
#[get("/api/auth/preferences")]
pub(crate) async fn read_preferences(
    caller: StaffCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    read(&state, caller.caller, Audience::Staff).await
}

/// What one wants of mails and language.
#[utoipa::path(
    tag = "Portal: account", security(("portalToken" = [])), params(),
    responses((status = 200, description = "What the caller wants.", body = Preferences)),
)]
#[get("/api/patient-portal/auth/preferences")]
pub(crate) async fn portal_read_preferences(
    caller: PortalCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    read(&state, caller.caller, Audience::Portal).await
}

async fn read(state: &State, caller: Caller, audience: Audience) -> ApiResult<HttpResponse> {
    let wanted = state.run_for(audience, move |store| accounts::read_preferences(store, &caller)).await?;
    Ok(answer::ok(&Preferences::from(wanted)))
}
