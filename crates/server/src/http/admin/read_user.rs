//! `GET /api/admin/users/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::StaffAccount;
use actix_web::{HttpResponse, get, web};
use threadwell_application::admin::users;
use threadwell_domain::StaffId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Reads one member of the staff.
#[utoipa::path(
    tag = "Administration: users", security(("staffToken" = [])), params(),
    responses((
        status = 200, description = "The person.", body = StaffAccount,
        headers(("ETag" = String, description = "The person's version.")),
    )),
)]
#[get("/api/admin/users/{id}")]
pub(crate) async fn read_user(
    caller: StaffCaller,
    id: PathId,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = StaffId::new(id.0);
    let user = state.run(move |store| users::read(store, &caller.caller, id)).await?;
    Ok(answer::ok_at(user.version, &StaffAccount::from(&user)))
}
