//! `POST …/auth/enrolment/passkey`

use super::shapes::{EnrolledPasskey, name};
use super::signed_in::{self, PortalEnrolled, StaffEnrolled};
use super::ticket::{Entered, arriving, enter};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::State;
use actix_web::{HttpRequest, HttpResponse, post, web};
use threadwell_application::access::Audience;
use threadwell_application::accounts::factors;

pub(crate) const PROBLEMS: &[Code] = super::GUESS_PROBLEMS;

async fn enter_by(
    request: &HttpRequest,
    state: &web::Data<State>,
    body: &EnrolledPasskey,
    audience: Audience,
) -> ApiResult<Entered> {
    let (name, answer) = (name(&body.name)?, body.credential.answer());
    let arriving = arriving(request, state, &body.mfa_token, audience)?;
    enter(state, arriving, move |tools, presented, opening| {
        factors::enrol_passkey(tools, presented, (&name, &answer), opening)
    })
    .await
}

/// Takes a passkey as the first factor, and opens the session.
#[utoipa::path(
    tag = "Staff: session", security(()), request_body = EnrolledPasskey,
    responses((
        status = 200, description = "Signed in.", body = StaffEnrolled,
        headers(("Set-Cookie" = String, description = "The refresh token, unless it is delivered in the body.")),
    )),
)]
#[post("/api/auth/enrolment/passkey")]
pub(crate) async fn enrol_passkey(
    request: HttpRequest,
    body: Json<EnrolledPasskey>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let entered = enter_by(&request, &state, &body.value, Audience::Staff).await?;
    signed_in::staff_enrolled(&state, &entered)
}

/// Takes a passkey as the first factor, and opens the session.
#[utoipa::path(
    tag = "Portal: session", security(()), request_body = EnrolledPasskey,
    responses((
        status = 200, description = "Signed in.", body = PortalEnrolled,
        headers(("Set-Cookie" = String, description = "The refresh token, unless it is delivered in the body.")),
    )),
)]
#[post("/api/patient-portal/auth/enrolment/passkey")]
pub(crate) async fn portal_enrol_passkey(
    request: HttpRequest,
    body: Json<EnrolledPasskey>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let entered = enter_by(&request, &state, &body.value, Audience::Portal).await?;
    signed_in::portal_enrolled(&state, &entered)
}
