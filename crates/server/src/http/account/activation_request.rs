//! `POST /api/patient-portal/auth/activation`

use super::{typed, working};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::{context, csrf};
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use threadwell_application::access::Audience;
use threadwell_application::accounts::{self, ACTIVATION_LIFETIME, ActivationRequest};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] =
    &[Code::NotFound, Code::TenantRequired, Code::CsrfFailed, Code::RateLimited];

/// Who says to be a patient.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ActivationAsked {
    /// The e-mail that the practice has on file.
    #[schema(max_length = 320, example = "ana.silva@example.org")]
    email: String,
    #[schema(format = Date, max_length = 10, example = "1980-02-03")]
    birth_date: String,
}

/// The secret to come back with, beside the code from the mail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ActivationBegun {
    #[schema(
        example = "a1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    activation_token: String,
    /// Seconds.
    #[schema(example = 900)]
    expires_in: i64,
}

/// Asks for a code to the e-mail on file. The answer is the same whoever asks.
#[utoipa::path(
    tag = "Portal: account", security(()), request_body = ActivationAsked,
    responses((
        status = 202, description = "If one patient fits, a mail is on its way.", body = ActivationBegun,
    )),
)]
#[post("/api/patient-portal/auth/activation")]
pub(crate) async fn request_activation(
    request: HttpRequest,
    body: Json<ActivationAsked>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    csrf::refuse_other_sites(&request, &state.settings.public_origin)?;
    let asked = ActivationRequest {
        email: typed::known_email(&body.value.email)?,
        birth_date: typed::birth_date(&body.value.birth_date)?,
        request: context::of(&request, &state, false),
    };
    let ask = move |ports: &accounts::AccountPorts<'_>| accounts::request_activation(ports, &asked);
    let secret = working::run(&state, Audience::Portal, ask).await?;
    Ok(HttpResponse::Accepted().json(ActivationBegun {
        activation_token: secret.text.to_string(),
        expires_in: ACTIVATION_LIFETIME.num_seconds(),
    }))
}
