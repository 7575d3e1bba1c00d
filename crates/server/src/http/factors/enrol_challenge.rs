//! `POST …/auth/enrolment/passkey-options`

use super::shapes::{PasskeyOptions, WithTicket};
use super::ticket::presented;
use super::tools::run;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::State;
use actix_web::{HttpRequest, HttpResponse, post, web};
use threadwell_application::access::Audience;
use threadwell_application::accounts::factors;

pub(crate) const PROBLEMS: &[Code] = super::TICKET_PROBLEMS;

async fn options(
    request: &HttpRequest,
    state: &web::Data<State>,
    body: &WithTicket,
    audience: Audience,
) -> ApiResult<HttpResponse> {
    let presented = presented(request, state, &body.mfa_token, audience)?;
    let options = run(state, audience, move |tools| factors::challenge_enrolment(tools, &presented)).await?;
    Ok(answer::ok(&PasskeyOptions::from(options)))
}

/// Asks for a passkey as the first factor; the answer is taken once.
#[utoipa::path(
    tag = "Staff: session", security(()), request_body = WithTicket,
    responses((
        status = 200, description = "What the browser asks the authenticator.", body = PasskeyOptions,
    )),
)]
#[post("/api/auth/enrolment/passkey-options")]
pub(crate) async fn challenge_enrolment(
    request: HttpRequest,
    body: Json<WithTicket>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    options(&request, &state, &body.value, Audience::Staff).await
}

/// Asks for a passkey as the first factor; the answer is taken once.
#[utoipa::path(
    tag = "Portal: session", security(()), request_body = WithTicket,
    responses((
        status = 200, description = "What the browser asks the authenticator.", body = PasskeyOptions,
    )),
)]
#[post("/api/patient-portal/auth/enrolment/passkey-options")]
pub(crate) async fn portal_challenge_enrolment(
    request: HttpRequest,
    body: Json<WithTicket>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    options(&request, &state, &body.value, Audience::Portal).await
}
