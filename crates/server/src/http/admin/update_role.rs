//! `PUT /api/admin/roles/{role}`

use super::list_roles::RoleScopes;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{Category, Distinct, Role};
use actix_web::{HttpRequest, HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::admin::roles;
use threadwell_domain::access::Role as StaffRole;
use threadwell_domain::thread::CategorySet;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::NotFound];

/// What a role is to see.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleChange {
    #[schema(value_type = BTreeSet<Category>, max_items = 6, example = json!(["general", "appointment", "other"]))]
    categories: Distinct<Category>,
}

/// Decides what a role sees, from the next request and for open streams on. Administrators see everything and auditors
/// nothing.
#[utoipa::path(
    tag = "Administration: users", security(("staffToken" = [])),
    params(("role" = Role, Path, description = "Which role.", example = "front_desk")), request_body = RoleChange,
    responses((status = 200, description = "All roles as they are now.", body = RoleScopes)),
)]
#[put("/api/admin/roles/{role}")]
pub(crate) async fn update_role(
    caller: StaffCaller,
    request: HttpRequest,
    body: Json<RoleChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let role = StaffRole::from_name(request.match_info().query("role")).ok_or(Code::NotFound)?;
    let chosen: Vec<_> = body.value.categories.iter().copied().map(Into::into).collect();
    let categories = CategorySet::of(&chosen);
    let scopes = state.run(move |store| roles::update(store, &caller.caller, role, categories)).await?;
    Ok(answer::ok(&RoleScopes::of(scopes)))
}
