//! `POST /api/auth/invitation/accept`

use super::reset_confirm::LinkPassword;
use super::{typed, working};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::State;
use actix_web::{HttpRequest, HttpResponse, post, web};
use threadwell_application::access::Audience;
use threadwell_application::accounts;
use threadwell_crypto::one_time::OneTimeKind;

pub(crate) const PROBLEMS: &[Code] = super::LINK_PROBLEMS;

/// Takes up an invitation to the staff with a first password.
#[utoipa::path(
    tag = "Staff: account", security(()), request_body = LinkPassword,
    responses((
        status = 204, description = "Taken up; sign in now.",
        headers(("Set-Cookie" = String, description = "What the device is known again by.")),
    )),
)]
#[post("/api/auth/invitation/accept")]
pub(crate) async fn accept_invitation(
    request: HttpRequest,
    body: Json<LinkPassword>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let password = typed::password("/password", &body.value.password)?;
    let secret = (OneTimeKind::Link, &*body.value.token);
    let link = working::presented(&request, &state, Audience::Staff, secret)?;
    let accept =
        move |ports: &accounts::AccountPorts<'_>| accounts::accept_staff_invitation(ports, &link, &password);
    let device = working::run_hashing(&state, Audience::Staff, accept).await?;
    Ok(working::known(Audience::Staff, &device))
}
