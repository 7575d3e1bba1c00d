//! `DELETE /api/patient-portal/grants/{id}`

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
use threadwell_domain::AccountId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Ends the grant of an account that acts for the patient that the caller is.
#[utoipa::path(
    tag = "Portal: proxies", security(("portalToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/patient-portal/grants/{id}")]
pub(crate) async fn portal_end_grant(
    caller: PortalCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let account = AccountId::new(id.0);
    let end = move |store: &dyn Store| portal::end_given(store, &caller.caller, account);
    state.run_for(Audience::Portal, end).await?;
    Ok(answer::no_content())
}
