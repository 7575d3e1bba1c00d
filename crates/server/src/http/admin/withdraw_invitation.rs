//! `DELETE /api/admin/patients/{id}/invitations/{invitationId}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::{PathId, PathInvitationId};
use crate::http::state::State;
use crate::http::wire::Id;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::admin::invitations;
use threadwell_domain::PatientId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Withdraws an invitation that waits: its link is good no more.
#[utoipa::path(
    tag = "Administration: patients", security(("staffToken" = [])),
    params(("invitationId" = Id, Path, description = "The invitation.")),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/admin/patients/{id}/invitations/{invitationId}")]
pub(crate) async fn withdraw_invitation(
    caller: StaffCaller,
    id: PathId,
    invitation: PathInvitationId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = PatientId::new(id.0);
    state.run(move |store| invitations::withdraw(store, &caller.caller, id, invitation.0)).await?;
    Ok(answer::no_content())
}
