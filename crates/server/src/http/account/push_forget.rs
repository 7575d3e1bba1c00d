//! `DELETE /api/patient-portal/devices/push`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::json::NoBody;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::access::Audience;
use threadwell_application::accounts;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Forgets where the device of this session takes push notifications.
#[utoipa::path(
    tag = "Portal: account", security(("portalToken" = [])),
    responses((status = 204, description = "Forgotten.")),
)]
#[delete("/api/patient-portal/devices/push")]
pub(crate) async fn forget_push(
    caller: PortalCaller,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.run_for(Audience::Portal, move |store| accounts::forget_push(store, &caller.caller)).await?;
    Ok(answer::no_content())
}
