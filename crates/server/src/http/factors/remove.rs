//! `DELETE …/auth/factors/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts::factors;
use uuid::Uuid;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::LastFactor, Code::PasswordTooShort];

async fn remove(state: &State, audience: Audience, caller: Caller, id: Uuid) -> ApiResult<HttpResponse> {
    state.run_for(audience, move |store| factors::remove_factor(store, &caller, id)).await?;
    Ok(answer::no_content())
}

/// Removes a second factor, and ends every other session. With the last one the recovery codes go; it stays while
/// the password is too short to stand alone.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/auth/factors/{id}")]
pub(crate) async fn remove_factor(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    remove(&state, Audience::Staff, caller.caller, id.0).await
}

/// Removes a second factor, and ends every other session. With the last one the recovery codes go; it stays while
/// the password is too short to stand alone.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/patient-portal/auth/factors/{id}")]
pub(crate) async fn portal_remove_factor(
    caller: PortalCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    remove(&state, Audience::Portal, caller.caller, id.0).await
}
