//! `POST /api/patient-portal/auth/refresh`

use crate::http::auth::tokens::{RefreshTokenBody, Refreshed};
use crate::http::auth::{REFRESH_PROBLEMS, refresh};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::OptionalJson;
use crate::http::state::State;
use actix_web::{HttpRequest, HttpResponse, post, web};
use threadwell_application::access::Audience;

pub(crate) const PROBLEMS: &[Code] = REFRESH_PROBLEMS;

/// Exchanges the refresh token for its successor and a new access token.
#[utoipa::path(
    tag = "Portal: session", security(("portalCookie" = []), ()),
    request_body(content = Option<RefreshTokenBody>, description = "May be left out where the cookie brings the token."),
    responses((
        status = 200, description = "The session goes on.", body = Refreshed,
        headers(("Set-Cookie" = String, description = "The next refresh token, if the last one came as a cookie.")),
    )),
)]
#[post("/api/patient-portal/auth/refresh")]
pub(crate) async fn portal_refresh(
    request: HttpRequest,
    OptionalJson(body): OptionalJson<RefreshTokenBody>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    refresh::answer(&request, &state, &body, Audience::Portal).await
}
