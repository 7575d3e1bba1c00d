//! `DELETE /api/patient-portal/invitations/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::access::Audience;
use threadwell_application::portal;
use threadwell_application::ports::Store;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Withdraws an invitation to act for the patient that the caller is.
#[utoipa::path(
    tag = "Portal: proxies", security(("portalToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/patient-portal/invitations/{id}")]
pub(crate) async fn portal_withdraw_invitation(
    caller: PortalCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let withdraw = move |store: &dyn Store| portal::withdraw_invitation(store, &caller.caller, id.0);
    state.run_for(Audience::Portal, withdraw).await?;
    Ok(answer::no_content())
}
