//! `POST …/auth/factors/totp`

use super::shapes::{Named, NewTotp, name};
use super::tools::run;
use crate::http::auth::me::practice_of;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::Json;
use crate::http::state::State;
use actix_web::{HttpResponse, post, web};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts::factors;
use threadwell_domain::TenantId;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::LimitReached];

async fn add(
    state: &web::Data<State>,
    audience: Audience,
    (caller, tenant): (Caller, TenantId),
    body: &Named,
) -> ApiResult<HttpResponse> {
    let name = name(&body.name)?;
    let add = move |tools: &factors::FactorTools<'_>| {
        let practice = practice_of(tools.store, tenant)?.name;
        factors::add_one_time(tools, &caller, &name, &practice)
    };
    let new = run(state, audience, add).await?;
    Ok(HttpResponse::Created().json(NewTotp::from(&new)))
}

/// Begins to add an authenticator app; it counts once a code of it came back.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])), request_body = Named,
    responses((status = 201, description = "The secret, to be scanned or typed.", body = NewTotp)),
)]
#[post("/api/auth/factors/totp")]
pub(crate) async fn add_totp(
    caller: StaffCaller,
    body: Json<Named>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    add(&state, Audience::Staff, (caller.caller, caller.claims.tenant), &body.value).await
}

/// Begins to add an authenticator app; it counts once a code of it came back.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])), request_body = Named,
    responses((status = 201, description = "The secret, to be scanned or typed.", body = NewTotp)),
)]
#[post("/api/patient-portal/auth/factors/totp")]
pub(crate) async fn portal_add_totp(
    caller: PortalCaller,
    body: Json<Named>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    add(&state, Audience::Portal, (caller.caller, caller.claims.tenant), &body.value).await
}
