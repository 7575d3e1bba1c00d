//! `GET /api/auth/sessions`, `GET /api/patient-portal/auth/sessions`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::state::State;
use crate::http::wire::OwnSession;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// One's sessions, the latest used first.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnSessions {
    sessions: Vec<OwnSession>,
}

/// Lists where one is signed in.
#[utoipa::path(
    tag = "Staff: account", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The caller's sessions.", body = OwnSessions)),
)]
#[get("/api/auth/sessions")]
pub(crate) async fn list_sessions(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    list(&state, caller.caller, Audience::Staff).await
}

/// Lists where one is signed in.
#[utoipa::path(
    tag = "Portal: account", security(("portalToken" = [])), params(),
    responses((status = 200, description = "The caller's sessions.", body = OwnSessions)),
)]
#[get("/api/patient-portal/auth/sessions")]
pub(crate) async fn portal_list_sessions(
    caller: PortalCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    list(&state, caller.caller, Audience::Portal).await
}

async fn list(state: &State, caller: Caller, audience: Audience) -> ApiResult<HttpResponse> {
    let (_, current) = caller.person()?;
    let found = state.run_for(audience, move |store| accounts::list_sessions(store, &caller)).await?;
    let sessions = found.iter().map(|session| OwnSession::of(session, current)).collect();
    Ok(answer::ok(&OwnSessions { sessions }))
}
