//! `POST …/auth/factors/totp/{id}/confirm`

use super::shapes::{FirstRecoveryCodes, TotpCode, texts};
use super::tools::run;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, post, web};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts::factors;
use threadwell_application::ports::SecretText;
use uuid::Uuid;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::InvalidCode];

async fn confirm(
    state: &web::Data<State>,
    audience: Audience,
    caller: Caller,
    (id, body): (Uuid, TotpCode),
) -> ApiResult<HttpResponse> {
    let code = SecretText::new(body.code.trim());
    let confirm =
        move |tools: &factors::FactorTools<'_>| factors::confirm_one_time(tools, &caller, id, &code);
    let codes = run(state, audience, confirm).await?;
    Ok(answer::ok(&FirstRecoveryCodes { recovery_codes: codes.as_deref().map(texts) }))
}

/// Confirms an authenticator app by a code of it.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])), request_body = TotpCode,
    responses((status = 200, description = "Recovery codes, if it is the first factor.", body = FirstRecoveryCodes)),
)]
#[post("/api/auth/factors/totp/{id}/confirm")]
pub(crate) async fn confirm_totp(
    caller: StaffCaller,
    id: PathId,
    body: Json<TotpCode>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    confirm(&state, Audience::Staff, caller.caller, (id.0, body.value)).await
}

/// Confirms an authenticator app by a code of it.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])), request_body = TotpCode,
    responses((status = 200, description = "Recovery codes, if it is the first factor.", body = FirstRecoveryCodes)),
)]
#[post("/api/patient-portal/auth/factors/totp/{id}/confirm")]
pub(crate) async fn portal_confirm_totp(
    caller: PortalCaller,
    id: PathId,
    body: Json<TotpCode>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    confirm(&state, Audience::Portal, caller.caller, (id.0, body.value)).await
}
