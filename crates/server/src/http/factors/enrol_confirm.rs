//! `POST …/auth/enrolment/totp/confirm`

use super::signed_in::{self, PortalEnrolled, StaffEnrolled};
use super::ticket::{Entered, arriving, enter};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{Id, Token, TypedCode};
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::access::Audience;
use threadwell_application::accounts::factors;
use threadwell_application::ports::SecretText;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = super::GUESS_PROBLEMS;

/// A code of the authenticator app that is being enrolled.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ConfirmedTotp {
    #[schema(
        value_type = String,
        max_length = 512,
        example = "m1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    mfa_token: Token,
    id: Id,
    #[schema(value_type = String, max_length = 64, example = "287082")]
    code: TypedCode,
}

async fn enter_by(
    request: &HttpRequest,
    state: &web::Data<State>,
    body: &ConfirmedTotp,
    audience: Audience,
) -> ApiResult<Entered> {
    let arriving = arriving(request, state, &body.mfa_token, audience)?;
    let (id, code) = (body.id.0, SecretText::new(body.code.trim()));
    enter(state, arriving, move |tools, presented, opening| {
        factors::confirm_enrolment(tools, presented, (id, &code), opening)
    })
    .await
}

/// Confirms the authenticator app by a code, and opens the session.
#[utoipa::path(
    tag = "Staff: session", security(()), request_body = ConfirmedTotp,
    responses((
        status = 200, description = "Signed in.", body = StaffEnrolled,
        headers(("Set-Cookie" = String, description = "The refresh token, unless it is delivered in the body.")),
    )),
)]
#[post("/api/auth/enrolment/totp/confirm")]
pub(crate) async fn confirm_enrolment(
    request: HttpRequest,
    body: Json<ConfirmedTotp>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let entered = enter_by(&request, &state, &body.value, Audience::Staff).await?;
    signed_in::staff_enrolled(&state, &entered)
}

/// Confirms the authenticator app by a code, and opens the session.
#[utoipa::path(
    tag = "Portal: session", security(()), request_body = ConfirmedTotp,
    responses((
        status = 200, description = "Signed in.", body = PortalEnrolled,
        headers(("Set-Cookie" = String, description = "The refresh token, unless it is delivered in the body.")),
    )),
)]
#[post("/api/patient-portal/auth/enrolment/totp/confirm")]
pub(crate) async fn portal_confirm_enrolment(
    request: HttpRequest,
    body: Json<ConfirmedTotp>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let entered = enter_by(&request, &state, &body.value, Audience::Portal).await?;
    signed_in::portal_enrolled(&state, &entered)
}
