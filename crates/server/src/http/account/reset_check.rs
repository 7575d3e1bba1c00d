//! `POST /api/auth/password-reset/check`, `POST /api/patient-portal/auth/password-reset/check`

use super::working;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{LinkedPractice, Token};
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use threadwell_application::access::Audience;
use threadwell_application::accounts;
use threadwell_crypto::one_time::OneTimeKind;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = super::LINK_PROBLEMS;

/// The secret of a mailed link: what stands behind its `#`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct LinkToken {
    #[schema(
        value_type = String,
        max_length = 512,
        example = "l1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    pub(super) token: Token,
}

/// What a link to a new password is good for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CheckedReset {
    practice: LinkedPractice,
    /// How many characters the password takes at least.
    #[schema(example = 15)]
    minimum_length: usize,
}

/// Tells what a link is good for; it can be used afterwards as before.
#[utoipa::path(
    tag = "Staff: account", security(()), request_body = LinkToken,
    responses((status = 200, description = "The link is good.", body = CheckedReset)),
)]
#[post("/api/auth/password-reset/check")]
pub(crate) async fn check_reset(
    request: HttpRequest,
    body: Json<LinkToken>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    check(&request, &state, &body.value, Audience::Staff).await
}

/// Tells what a link is good for; it can be used afterwards as before.
#[utoipa::path(
    tag = "Portal: account", security(()), request_body = LinkToken,
    responses((status = 200, description = "The link is good.", body = CheckedReset)),
)]
#[post("/api/patient-portal/auth/password-reset/check")]
pub(crate) async fn portal_check_reset(
    request: HttpRequest,
    body: Json<LinkToken>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    check(&request, &state, &body.value, Audience::Portal).await
}

async fn check(
    request: &HttpRequest,
    state: &State,
    body: &LinkToken,
    audience: Audience,
) -> ApiResult<HttpResponse> {
    let link = working::presented(request, state, audience, (OneTimeKind::Link, &body.token))?;
    let checked = working::run(state, audience, move |ports| accounts::check_reset(ports, &link)).await?;
    let minimum_length = checked.minimum_length;
    Ok(answer::ok(&CheckedReset { practice: checked.practice.into(), minimum_length }))
}
