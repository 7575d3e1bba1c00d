//! `GET /api/admin/users`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::StaffAccount;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::admin::users;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Everybody on the staff, by name.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffAccounts {
    users: Vec<StaffAccount>,
}

/// Lists everybody on the staff, those who may not sign in included.
#[utoipa::path(
    tag = "Administration: users", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The staff.", body = StaffAccounts)),
)]
#[get("/api/admin/users")]
pub(crate) async fn list_users(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let users = state.run(move |store| users::list(store, &caller.caller)).await?;
    Ok(answer::ok(&StaffAccounts { users: users.iter().map(StaffAccount::from).collect() }))
}
