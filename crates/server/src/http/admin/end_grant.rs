//! `DELETE /api/admin/patients/{id}/grants/{accountId}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::{PathAccountId, PathId};
use crate::http::state::State;
use crate::http::wire::Id;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::admin::grants;
use threadwell_domain::{AccountId, PatientId};

pub(crate) const PROBLEMS: &[Code] = &[];

/// Ends a grant, for the account's next request and for open streams.
#[utoipa::path(
    tag = "Administration: patients", security(("staffToken" = [])), params(("accountId" = Id, Path, description = "The account.")),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/admin/patients/{id}/grants/{accountId}")]
pub(crate) async fn end_grant(
    caller: StaffCaller,
    id: PathId,
    account: PathAccountId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (patient, account) = (PatientId::new(id.0), AccountId::new(account.0));
    state.run(move |store| grants::end(store, &caller.caller, patient, account)).await?;
    Ok(answer::no_content())
}
