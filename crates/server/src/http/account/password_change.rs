//! `POST /api/auth/password`, `POST /api/patient-portal/auth/password`

use super::{typed, working};
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::Json;
use crate::http::state::State;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = super::PASSWORD_PROBLEMS;

/// The password that one has, and the one to have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PasswordChange {
    #[schema(min_length = 1, max_length = 128, format = Password, example = "threadwell-demo-2026")]
    current_password: String,
    /// 15 characters or more, 12 where a second factor stands beside it; none that many people have.
    #[schema(min_length = 12, max_length = 128, format = Password, example = "a lamp under green snow")]
    new_password: String,
}

/// Changes the password and ends all other sessions.
#[utoipa::path(
    tag = "Staff: account", security(("staffToken" = [])), request_body = PasswordChange,
    responses((status = 204, description = "Changed.")),
)]
#[post("/api/auth/password")]
pub(crate) async fn change_password(
    caller: StaffCaller,
    body: Json<PasswordChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    change(&state, caller.caller, &body.value, Audience::Staff).await
}

/// Changes the password and ends all other sessions.
#[utoipa::path(
    tag = "Portal: account", security(("portalToken" = [])), request_body = PasswordChange,
    responses((status = 204, description = "Changed.")),
)]
#[post("/api/patient-portal/auth/password")]
pub(crate) async fn portal_change_password(
    caller: PortalCaller,
    body: Json<PasswordChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    change(&state, caller.caller, &body.value, Audience::Portal).await
}

async fn change(
    state: &State,
    caller: Caller,
    body: &PasswordChange,
    audience: Audience,
) -> ApiResult<HttpResponse> {
    let current = typed::password("/currentPassword", &body.current_password)?;
    let new = typed::password("/newPassword", &body.new_password)?;
    let work =
        move |ports: &accounts::AccountPorts<'_>| accounts::change_password(ports, &caller, &current, &new);
    working::run_hashing(state, audience, work).await?;
    Ok(answer::no_content())
}
