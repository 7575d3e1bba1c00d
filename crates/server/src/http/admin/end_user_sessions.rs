//! `POST /api/admin/users/{id}/end-sessions`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::links;
use actix_web::{HttpResponse, post, web};
use threadwell_application::admin::users::{self, Help};
use threadwell_application::ports::Store;
use threadwell_domain::StaffId;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired];

/// Ends all sessions of a member of the staff.
#[utoipa::path(
    tag = "Administration: users", security(("staffToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[post("/api/admin/users/{id}/end-sessions")]
pub(crate) async fn end_user_sessions(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (id, tenant, keys) = (StaffId::new(id.0), caller.claims.tenant, state.keys.clone());
    let help = move |store: &dyn Store| {
        users::help(store, &caller.caller, id, Help::EndSessions, &links::hashes(&keys, tenant))
    };
    state.run(help).await?;
    Ok(answer::no_content())
}
