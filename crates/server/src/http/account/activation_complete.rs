//! `POST /api/patient-portal/auth/activation/complete`

use super::{typed, working};
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Token;
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::access::Audience;
use threadwell_application::accounts;
use threadwell_crypto::one_time::{CODE_DIGITS, OneTimeKind};
use threadwell_domain::Phi;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] =
    &[Code::InvalidToken, Code::InvalidCode, Code::CsrfFailed, Code::RateLimited];

/// The code from the mail, and the password to have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ActivationAnswer {
    #[schema(
        value_type = String,
        max_length = 512,
        example = "a1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    activation_token: Token,
    /// Eight digits; five tries.
    #[schema(pattern = "^[0-9]{8}$", max_length = 8, example = "01234567")]
    code: String,
    /// 15 characters or more; none that many people have.
    #[schema(min_length = 15, max_length = 128, format = Password, example = "a lamp under green snow")]
    password: String,
}

/// Opens the account of a patient who proves the e-mail on file.
#[utoipa::path(
    tag = "Portal: account", security(()), request_body = ActivationAnswer,
    responses((
        status = 204, description = "Opened; sign in now.",
        headers(("Set-Cookie" = String, description = "What the device is known again by.")),
    )),
)]
#[post("/api/patient-portal/auth/activation/complete")]
pub(crate) async fn complete_activation(
    request: HttpRequest,
    body: Json<ActivationAnswer>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let body = body.value;
    let password = typed::password("/password", &body.password)?;
    let is_code = body.code.len() == CODE_DIGITS && body.code.bytes().all(|b| b.is_ascii_digit());
    if !is_code {
        return Err(ApiError::field("/code", FieldProblem::Invalid));
    }
    let secret = (OneTimeKind::Activation, &*body.activation_token);
    let link = working::presented(&request, &state, Audience::Portal, secret)?;
    let code = Phi::new(body.code);
    let complete = move |ports: &accounts::AccountPorts<'_>| {
        accounts::complete_activation(ports, &link, &code, &password)
    };
    let device = working::run_hashing(&state, Audience::Portal, complete).await?;
    Ok(working::known(Audience::Portal, &device))
}
