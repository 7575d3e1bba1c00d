//! `POST /api/patient-portal/auth/email/confirm`

use super::reset_check::LinkToken;
use super::working;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::State;
use actix_web::{HttpRequest, HttpResponse, post, web};
use threadwell_application::access::Audience;
use threadwell_application::accounts;
use threadwell_crypto::one_time::OneTimeKind;

pub(crate) const PROBLEMS: &[Code] = super::LINK_PROBLEMS;

/// Makes the new address count, and tells the old one.
#[utoipa::path(
    tag = "Portal: account", security(()), request_body = LinkToken,
    responses((status = 204, description = "The new address counts.")),
)]
#[post("/api/patient-portal/auth/email/confirm")]
pub(crate) async fn confirm_email(
    request: HttpRequest,
    body: Json<LinkToken>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let secret = (OneTimeKind::Link, &*body.value.token);
    let link = working::presented(&request, &state, Audience::Portal, secret)?;
    let confirm = move |ports: &accounts::AccountPorts<'_>| accounts::confirm_email(ports, &link);
    working::run(&state, Audience::Portal, confirm).await?;
    Ok(answer::no_content())
}
