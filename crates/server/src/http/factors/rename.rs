//! `PUT …/auth/factors/{id}`

use super::shapes::{Named, name};
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, put, web};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts::factors;
use uuid::Uuid;

pub(crate) const PROBLEMS: &[Code] = &[];

async fn rename(
    state: &State,
    audience: Audience,
    caller: Caller,
    (id, body): (Uuid, Named),
) -> ApiResult<HttpResponse> {
    let name = name(&body.name)?;
    state.run_for(audience, move |store| factors::rename_factor(store, &caller, id, &name)).await?;
    Ok(answer::no_content())
}

/// Renames a second factor.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])), request_body = Named,
    responses((status = 204, description = "Done.")),
)]
#[put("/api/auth/factors/{id}")]
pub(crate) async fn rename_factor(
    caller: StaffCaller,
    id: PathId,
    body: Json<Named>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    rename(&state, Audience::Staff, caller.caller, (id.0, body.value)).await
}

/// Renames a second factor.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])), request_body = Named,
    responses((status = 204, description = "Done.")),
)]
#[put("/api/patient-portal/auth/factors/{id}")]
pub(crate) async fn portal_rename_factor(
    caller: PortalCaller,
    id: PathId,
    body: Json<Named>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    rename(&state, Audience::Portal, caller.caller, (id.0, body.value)).await
}
