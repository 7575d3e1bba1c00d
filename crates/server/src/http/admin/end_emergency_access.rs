//! `DELETE /api/auth/emergency-access`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::admin::emergencies;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Ends emergency access before its time.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])),
    responses((status = 204, description = "The role's limits hold again.")),
)]
#[delete("/api/auth/emergency-access")]
pub(crate) async fn end_emergency_access(
    caller: StaffCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.run(move |store| emergencies::end(store, &caller.caller)).await?;
    Ok(answer::no_content())
}
