//! `POST /api/patient-portal/auth/logout`

use crate::http::auth::tokens::RefreshTokenBody;
use crate::http::auth::{LOGOUT_PROBLEMS, logout};
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::identity::PortalCaller;
use crate::http::json::OptionalJson;
use crate::http::state::State;
use actix_web::{HttpRequest, HttpResponse, post, web};
use threadwell_application::access::Audience;

pub(crate) const PROBLEMS: &[Code] = LOGOUT_PROBLEMS;

/// Ends the session of the cookie, of the token in the body, or of the bearer.
#[utoipa::path(
    tag = "Portal: session", security(("portalCookie" = []), ("portalToken" = []), ()),
    request_body(content = Option<RefreshTokenBody>, description = "May be left out."),
    responses((status = 204, description = "Signed out.")),
)]
#[post("/api/patient-portal/auth/logout")]
pub(crate) async fn portal_logout(
    request: HttpRequest,
    bearer: Result<PortalCaller, ApiError>,
    OptionalJson(body): OptionalJson<RefreshTokenBody>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let bearer = bearer.map(|it| (it.claims.tenant, it.claims.session, it.caller.request));
    logout::leave(&request, &state, &body, bearer, Audience::Portal).await
}
