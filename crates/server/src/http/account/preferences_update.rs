//! `PUT /api/auth/preferences`, `PUT /api/patient-portal/auth/preferences`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Preferences;
use actix_web::{HttpResponse, put, web};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Says what one wants of mails and language.
#[utoipa::path(
    tag = "Staff: account", security(("staffToken" = [])), request_body = Preferences,
    responses((status = 204, description = "Noted.")),
)]
#[put("/api/auth/preferences")]
pub(crate) async fn update_preferences(
    caller: StaffCaller,
    body: Json<Preferences>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    update(&state, caller.caller, body.value, Audience::Staff).await
}

/// Says what one wants of mails and language.
#[utoipa::path(
    tag = "Portal: account", security(("portalToken" = [])), request_body = Preferences,
    responses((status = 204, description = "Noted.")),
)]
#[put("/api/patient-portal/auth/preferences")]
pub(crate) async fn portal_update_preferences(
    caller: PortalCaller,
    body: Json<Preferences>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    update(&state, caller.caller, body.value, Audience::Portal).await
}

async fn update(
    state: &State,
    caller: Caller,
    wanted: Preferences,
    audience: Audience,
) -> ApiResult<HttpResponse> {
    let wanted = wanted.into();
    state.run_for(audience, move |store| accounts::update_preferences(store, &caller, &wanted)).await?;
    Ok(answer::no_content())
}
