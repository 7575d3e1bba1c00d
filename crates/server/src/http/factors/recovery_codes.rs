//! `POST …/auth/recovery-codes`

use super::shapes::{RecoveryCodes, texts};
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

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::NotFound];

async fn replace(state: &web::Data<State>, audience: Audience, caller: Caller) -> ApiResult<HttpResponse> {
    let codes = run(state, audience, move |tools| factors::replace_recovery_codes(tools, &caller)).await?;
    Ok(answer::ok(&RecoveryCodes { recovery_codes: texts(&codes) }))
}

/// Draws new recovery codes; the old ones are good no more.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])),
    responses((status = 200, description = "The codes, shown this once.", body = RecoveryCodes)),
)]
#[post("/api/auth/recovery-codes")]
pub(crate) async fn replace_recovery_codes(
    caller: StaffCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    replace(&state, Audience::Staff, caller.caller).await
}

/// Draws new recovery codes; the old ones are good no more.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])),
    responses((status = 200, description = "The codes, shown this once.", body = RecoveryCodes)),
)]
#[post("/api/patient-portal/auth/recovery-codes")]
pub(crate) async fn portal_replace_recovery_codes(
    caller: PortalCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    replace(&state, Audience::Portal, caller.caller).await
}
