//! `POST /api/auth/password-reset/confirm`, `POST /api/patient-portal/auth/password-reset/confirm`

use super::{typed, working};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Token;
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::access::Audience;
use threadwell_application::accounts;
use threadwell_crypto::one_time::OneTimeKind;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = super::LINK_PROBLEMS;

/// The secret of a mailed link, and the password to have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct LinkPassword {
    #[schema(
        value_type = String,
        max_length = 512,
        example = "l1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    pub(super) token: Token,
    /// As long as the check said; none that many people have.
    #[schema(min_length = 12, max_length = 128, format = Password, example = "a lamp under green snow")]
    pub(super) password: String,
}

/// Sets a new password and ends all sessions. A second factor stays and is still asked for.
#[utoipa::path(
    tag = "Staff: account", security(()), request_body = LinkPassword,
    responses((
        status = 204, description = "Set; sign in with it.",
        headers(("Set-Cookie" = String, description = "What the device is known again by.")),
    )),
)]
#[post("/api/auth/password-reset/confirm")]
pub(crate) async fn confirm_reset(
    request: HttpRequest,
    body: Json<LinkPassword>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    confirm(&request, &state, &body.value, Audience::Staff).await
}

/// Sets a new password and ends all sessions. A second factor stays and is still asked for.
#[utoipa::path(
    tag = "Portal: account", security(()), request_body = LinkPassword,
    responses((
        status = 204, description = "Set; sign in with it.",
        headers(("Set-Cookie" = String, description = "What the device is known again by.")),
    )),
)]
#[post("/api/patient-portal/auth/password-reset/confirm")]
pub(crate) async fn portal_confirm_reset(
    request: HttpRequest,
    body: Json<LinkPassword>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    confirm(&request, &state, &body.value, Audience::Portal).await
}

async fn confirm(
    request: &HttpRequest,
    state: &State,
    body: &LinkPassword,
    audience: Audience,
) -> ApiResult<HttpResponse> {
    let password = typed::password("/password", &body.password)?;
    let link = working::presented(request, state, audience, (OneTimeKind::Link, &body.token))?;
    let work = move |ports: &accounts::AccountPorts<'_>| accounts::confirm_reset(ports, &link, &password);
    let device = working::run_hashing(state, audience, work).await?;
    Ok(working::known(audience, &device))
}
