//! `POST …/auth/step-up/passkey-options`

use super::shapes::PasskeyOptions;
use super::tools::run;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::NoBody;
use crate::http::state::State;
use actix_web::{HttpResponse, post, web};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts::factors;
use threadwell_domain::TenantId;

pub(crate) const PROBLEMS: &[Code] = &[Code::NotFound];

async fn options(
    state: &web::Data<State>,
    audience: Audience,
    (caller, tenant): (Caller, TenantId),
) -> ApiResult<HttpResponse> {
    let ask = move |tools: &factors::FactorTools<'_>| factors::challenge_step_up(tools, &caller, tenant);
    Ok(answer::ok(&PasskeyOptions::from(run(state, audience, ask).await?)))
}

/// Asks for a passkey to step up by; the answer is taken once.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])),
    responses((status = 200, description = "What the browser asks the authenticator.", body = PasskeyOptions)),
)]
#[post("/api/auth/step-up/passkey-options")]
pub(crate) async fn challenge_step_up(
    caller: StaffCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    options(&state, Audience::Staff, (caller.caller, caller.claims.tenant)).await
}

/// Asks for a passkey to step up by; the answer is taken once.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])),
    responses((status = 200, description = "What the browser asks the authenticator.", body = PasskeyOptions)),
)]
#[post("/api/patient-portal/auth/step-up/passkey-options")]
pub(crate) async fn portal_challenge_step_up(
    caller: PortalCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    options(&state, Audience::Portal, (caller.caller, caller.claims.tenant)).await
}
