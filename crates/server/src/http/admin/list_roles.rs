//! `GET /api/admin/roles`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::{Category, Role, categories};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::admin::roles;
use threadwell_domain::access::Role as StaffRole;
use threadwell_domain::thread::CategorySet;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// What a role sees.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RoleScope {
    role: Role,
    categories: Vec<Category>,
    /// Whether that is what the product starts with.
    is_default: bool,
}

/// What each role sees.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoleScopes {
    roles: Vec<RoleScope>,
}

impl RoleScopes {
    pub(super) fn of(scopes: Vec<(StaffRole, CategorySet)>) -> Self {
        let scope = |(role, set): (StaffRole, CategorySet)| RoleScope {
            role: role.into(),
            categories: categories(set),
            is_default: set == role.default_categories(),
        };
        Self { roles: scopes.into_iter().map(scope).collect() }
    }
}

/// Lists what each role sees.
#[utoipa::path(
    tag = "Administration: users", security(("staffToken" = [])), params(),
    responses((status = 200, description = "All roles.", body = RoleScopes)),
)]
#[get("/api/admin/roles")]
pub(crate) async fn list_roles(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let scopes = state.run(move |store| roles::list(store, &caller.caller)).await?;
    Ok(answer::ok(&RoleScopes::of(scopes)))
}
