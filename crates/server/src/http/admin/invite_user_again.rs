//! `POST /api/admin/users/{id}/invitation`

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

/// Mails the invitation of somebody who has not taken it up again; the earlier link is good no more.
#[utoipa::path(
    tag = "Administration: users", security(("staffToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[post("/api/admin/users/{id}/invitation")]
pub(crate) async fn invite_user_again(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (id, tenant, keys) = (StaffId::new(id.0), caller.claims.tenant, state.keys.clone());
    let help = move |store: &dyn Store| {
        users::help(store, &caller.caller, id, Help::Invitation, &links::hashes(&keys, tenant))
    };
    state.run(help).await?;
    Ok(answer::no_content())
}
