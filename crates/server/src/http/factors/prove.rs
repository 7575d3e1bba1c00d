//! `POST …/auth/second-factor`

use super::shapes::SecondFactor;
use super::signed_in;
use super::ticket::{Entered, arriving, enter};
use crate::http::auth::login::StaffSignIn;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::portal_auth::login::PortalSignIn;
use crate::http::state::State;
use actix_web::{HttpRequest, HttpResponse, post, web};
use threadwell_application::access::Audience;
use threadwell_application::accounts::factors;

pub(crate) const PROBLEMS: &[Code] = super::GUESS_PROBLEMS;

async fn enter_by(
    request: &HttpRequest,
    state: &web::Data<State>,
    body: &SecondFactor,
    audience: Audience,
) -> ApiResult<Entered> {
    let proof = body.proof()?;
    let arriving = arriving(request, state, &body.mfa_token, audience)?;
    enter(state, arriving, move |tools, presented, opening| factors::prove(tools, presented, &proof, opening))
        .await
}

/// Proves the second factor after a right password, and opens the session.
#[utoipa::path(
    tag = "Staff: session", security(()), request_body = SecondFactor,
    responses((
        status = 200, description = "Signed in.", body = StaffSignIn,
        headers(("Set-Cookie" = String, description = "The refresh token, unless it is delivered in the body.")),
    )),
)]
#[post("/api/auth/second-factor")]
pub(crate) async fn prove_second_factor(
    request: HttpRequest,
    body: Json<SecondFactor>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let entered = enter_by(&request, &state, &body.value, Audience::Staff).await?;
    signed_in::staff(&state, &entered)
}

/// Proves the second factor after a right password, and opens the session.
#[utoipa::path(
    tag = "Portal: session", security(()), request_body = SecondFactor,
    responses((
        status = 200, description = "Signed in.", body = PortalSignIn,
        headers(("Set-Cookie" = String, description = "The refresh token, unless it is delivered in the body.")),
    )),
)]
#[post("/api/patient-portal/auth/second-factor")]
pub(crate) async fn portal_prove_second_factor(
    request: HttpRequest,
    body: Json<SecondFactor>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let entered = enter_by(&request, &state, &body.value, Audience::Portal).await?;
    signed_in::portal(&state, &entered)
}
