//! `DELETE /api/patient-portal/messages/attachments/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::access::Audience;
use threadwell_application::attachments::discard_attachment;
use threadwell_domain::AttachmentId;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired, Code::IllegalTransition];

/// Throws an upload away that no message has taken along. What was sent is part of the record and stays.
#[utoipa::path(
    tag = "Portal: files", security(("portalToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/patient-portal/messages/attachments/{id}")]
pub(crate) async fn portal_discard_upload(
    caller: PortalCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = AttachmentId::new(id.0);
    state.run_for(Audience::Portal, move |store| discard_attachment(store, &caller.caller, id)).await?;
    Ok(answer::no_content())
}
