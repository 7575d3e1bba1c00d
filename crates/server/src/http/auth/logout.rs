//! `POST /api/auth/logout`

use super::sessions;
use super::tokens::RefreshTokenBody;
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::identity::StaffCaller;
use crate::http::json::OptionalJson;
use crate::http::state::State;
use crate::http::{answer, cookies};
use actix_web::http::header::HeaderName;
use actix_web::{HttpRequest, HttpResponse, post, web};
use threadwell_application::access::{Audience, RequestContext};
use threadwell_application::accounts::{self, Leaving};
use threadwell_application::ports::Store;
use threadwell_domain::{SessionId, TenantId};

pub(crate) const PROBLEMS: &[Code] = super::LOGOUT_PROBLEMS;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Ends the session of the cookie, of the token in the body, or of the bearer.
#[utoipa::path(
    tag = "Staff: session", security(("staffCookie" = []), ("staffToken" = []), ()),
    request_body(content = Option<RefreshTokenBody>, description = "May be left out."),
    responses((status = 204, description = "Signed out.")),
)]
#[post("/api/auth/logout")]
pub(crate) async fn logout(
    request: HttpRequest,
    bearer: Result<StaffCaller, ApiError>,
    OptionalJson(body): OptionalJson<RefreshTokenBody>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let bearer = bearer.map(|it| (it.claims.tenant, it.claims.session, it.caller.request));
    leave(&request, &state, &body, bearer, Audience::Staff).await
}

/// The answer for either audience: a refresh token is enough, and so is an access token.
pub(crate) async fn leave(
    request: &HttpRequest,
    state: &State,
    body: &RefreshTokenBody,
    bearer: ApiResult<(TenantId, SessionId, RequestContext)>,
    audience: Audience,
) -> ApiResult<HttpResponse> {
    match sessions::brought(request, state, body, audience)? {
        Some(brought) => sessions::end(request, state, &brought.token, audience).await?,
        None => {
            let (tenant, session, request) = bearer?;
            let leaving = Leaving { audience, tenant, request, at: state.clock.now() };
            let throttle = state.throttle.clone();
            let leave =
                move |store: &dyn Store| accounts::sign_out_session(store, &*throttle, &leaving, session);
            state.run_for(audience, leave).await?;
        }
    }
    gone(audience)
}

/// What a browser is told that is signed out.
pub(crate) fn gone(audience: Audience) -> ApiResult<HttpResponse> {
    let mut gone = answer::no_content();
    gone.headers_mut()
        .insert(CLEAR_SITE_DATA, actix_web::http::header::HeaderValue::from_static("\"cache\""));
    gone.add_cookie(&cookies::forget(audience)).map_err(|_| Code::InternalError)?;
    Ok(gone)
}
