//! `POST /api/auth/password-reset`, `POST /api/patient-portal/auth/password-reset`

use super::{typed, working};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::{context, csrf};
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::access::Audience;
use threadwell_application::accounts;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = super::ASKING_PROBLEMS;

/// Who forgot the password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ResetRequest {
    #[schema(max_length = 320, example = "ma@riverside.example")]
    email: String,
}

/// Asks for a link to a new password. The answer is the same whether or not there is such an account.
#[utoipa::path(
    tag = "Staff: account", security(()), request_body = ResetRequest,
    responses((status = 202, description = "If there is such an account, a mail is on its way. No body.")),
)]
#[post("/api/auth/password-reset")]
pub(crate) async fn request_reset(
    request: HttpRequest,
    body: Json<ResetRequest>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    ask(&request, &state, &body.value, Audience::Staff).await
}

/// Asks for a link to a new password. The answer is the same whether or not there is such an account.
#[utoipa::path(
    tag = "Portal: account", security(()), request_body = ResetRequest,
    responses((status = 202, description = "If there is such an account, a mail is on its way. No body.")),
)]
#[post("/api/patient-portal/auth/password-reset")]
pub(crate) async fn portal_request_reset(
    request: HttpRequest,
    body: Json<ResetRequest>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    ask(&request, &state, &body.value, Audience::Portal).await
}

async fn ask(
    request: &HttpRequest,
    state: &State,
    body: &ResetRequest,
    audience: Audience,
) -> ApiResult<HttpResponse> {
    csrf::refuse_other_sites(request, &state.settings.public_origin)?;
    let (email, context) = (typed::known_email(&body.email)?, context::of(request, state, false));
    let work =
        move |ports: &accounts::AccountPorts<'_>| accounts::request_reset(ports, audience, &email, context);
    working::run(state, audience, work).await?;
    Ok(HttpResponse::Accepted().finish())
}
