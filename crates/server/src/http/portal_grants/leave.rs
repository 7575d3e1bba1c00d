//! `DELETE /api/patient-portal/grants/mine/{id}`

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
use threadwell_domain::PatientId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Acts for a patient no more.
#[utoipa::path(
    tag = "Portal: proxies", security(("portalToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/patient-portal/grants/mine/{id}")]
pub(crate) async fn portal_leave(
    caller: PortalCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let patient = PatientId::new(id.0);
    let leave = move |store: &dyn Store| portal::leave(store, &caller.caller, patient);
    state.run_for(Audience::Portal, leave).await?;
    Ok(answer::no_content())
}
