//! `POST …/auth/enrolment/totp`

use super::shapes::{NewTotp, WithTicket};
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

async fn start(
    request: &HttpRequest,
    state: &web::Data<State>,
    body: &WithTicket,
    audience: Audience,
) -> ApiResult<HttpResponse> {
    let presented = presented(request, state, &body.mfa_token, audience)?;
    let new = run(state, audience, move |tools| factors::start_enrolment(tools, &presented)).await?;
    Ok(answer::ok(&NewTotp::from(&new)))
}

/// Begins to enrol an authenticator app as the first factor.
#[utoipa::path(
    tag = "Staff: session", security(()), request_body = WithTicket,
    responses((
        status = 200, description = "The secret, to be scanned or typed; asking again draws another.", body = NewTotp,
    )),
)]
#[post("/api/auth/enrolment/totp")]
pub(crate) async fn start_enrolment(
    request: HttpRequest,
    body: Json<WithTicket>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    start(&request, &state, &body.value, Audience::Staff).await
}

/// Begins to enrol an authenticator app as the first factor.
#[utoipa::path(
    tag = "Portal: session", security(()), request_body = WithTicket,
    responses((
        status = 200, description = "The secret, to be scanned or typed; asking again draws another.", body = NewTotp,
    )),
)]
#[post("/api/patient-portal/auth/enrolment/totp")]
pub(crate) async fn portal_start_enrolment(
    request: HttpRequest,
    body: Json<WithTicket>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    start(&request, &state, &body.value, Audience::Portal).await
}
