//! `POST /api/admin/users/{id}/remove-second-factors`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, post, web};
use threadwell_application::admin::users;
use threadwell_domain::StaffId;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired];

/// Takes the second factors of somebody who lost them away; the person is told by mail and signs in anew.
#[utoipa::path(
    tag = "Administration: users", security(("staffToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[post("/api/admin/users/{id}/remove-second-factors")]
pub(crate) async fn remove_user_factors(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = StaffId::new(id.0);
    state.run(move |store| users::remove_factors(store, &caller.caller, id)).await?;
    Ok(answer::no_content())
}
