//! `POST …/auth/factors/passkey-options`

use super::shapes::{NewPasskeyOptions, PasskeyOptions};
use super::tools::run;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::NoBody;
use crate::http::state::State;
use crate::http::wire::Id;
use actix_web::{HttpResponse, post, web};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts::factors;
use threadwell_domain::TenantId;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::LimitReached, Code::NotFound];

async fn options(
    state: &web::Data<State>,
    audience: Audience,
    (caller, tenant): (Caller, TenantId),
) -> ApiResult<HttpResponse> {
    let ask = move |tools: &factors::FactorTools<'_>| factors::challenge_new_passkey(tools, &caller, tenant);
    let challenge = run(state, audience, ask).await?;
    let options = PasskeyOptions::from(challenge.options);
    Ok(answer::ok(&NewPasskeyOptions { challenge_id: Id(challenge.id), options }))
}

/// Asks for a new passkey; the answer is taken once.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])),
    responses((status = 200, description = "What the browser asks the authenticator.", body = NewPasskeyOptions)),
)]
#[post("/api/auth/factors/passkey-options")]
pub(crate) async fn challenge_new_passkey(
    caller: StaffCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    options(&state, Audience::Staff, (caller.caller, caller.claims.tenant)).await
}

/// Asks for a new passkey; the answer is taken once.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])),
    responses((status = 200, description = "What the browser asks the authenticator.", body = NewPasskeyOptions)),
)]
#[post("/api/patient-portal/auth/factors/passkey-options")]
pub(crate) async fn portal_challenge_new_passkey(
    caller: PortalCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    options(&state, Audience::Portal, (caller.caller, caller.claims.tenant)).await
}
