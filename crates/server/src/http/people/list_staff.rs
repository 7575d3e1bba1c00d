//! `GET /api/staff`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::StaffMember;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::people;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Colleagues at work, by name.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffList {
    staff: Vec<StaffMember>,
}

/// Lists colleagues that a thread can be assigned to.
#[utoipa::path(
    tag = "Staff: people", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The colleagues.", body = StaffList)),
)]
#[get("/api/staff")]
pub(crate) async fn list_staff(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let views = state.run(move |store| people::list_staff(store, &caller.caller)).await?;
    Ok(answer::ok(&StaffList { staff: views.iter().map(StaffMember::from).collect() }))
}
