//! `POST /api/auth/refresh`

use super::sessions;
use super::tokens::{RefreshTokenBody, Refreshed, deliver};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::OptionalJson;
use crate::http::state::{ACCESS_TOKEN_SECONDS, State};
use actix_web::{HttpRequest, HttpResponse, post, web};
use threadwell_application::access::Audience;

pub(crate) const PROBLEMS: &[Code] = super::REFRESH_PROBLEMS;

/// Exchanges the refresh token for its successor and a new access token.
#[utoipa::path(
    tag = "Staff: session", security(("staffCookie" = []), ()),
    request_body(content = Option<RefreshTokenBody>, description = "May be left out where the cookie brings the token."),
    responses((
        status = 200, description = "The session goes on.", body = Refreshed,
        headers(("Set-Cookie" = String, description = "The next refresh token, if the last one came as a cookie.")),
    )),
)]
#[post("/api/auth/refresh")]
pub(crate) async fn refresh(
    request: HttpRequest,
    OptionalJson(body): OptionalJson<RefreshTokenBody>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    answer(&request, &state, &body, Audience::Staff).await
}

/// The answer for either audience.
pub(crate) async fn answer(
    request: &HttpRequest,
    state: &State,
    body: &RefreshTokenBody,
    audience: Audience,
) -> ApiResult<HttpResponse> {
    let went_on = sessions::go_on(request, state, body, audience).await?;
    Ok(deliver(audience, went_on.delivery, &went_on.successor, |refresh_token| Refreshed {
        access_token: went_on.access_token,
        expires_in: ACCESS_TOKEN_SECONDS,
        refresh_token,
    }))
}
