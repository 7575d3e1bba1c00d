//! `DELETE /api/patient-messages/attachments/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::attachments::discard_attachment;
use threadwell_domain::AttachmentId;

pub(crate) const PROBLEMS: &[Code] = &[Code::IllegalTransition];

/// Throws an upload away that no message has taken along. What was sent is part of the record and stays.
#[utoipa::path(
    tag = "Staff: files", security(("staffToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/patient-messages/attachments/{id}")]
pub(crate) async fn discard_upload(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = AttachmentId::new(id.0);
    state.run(move |store| discard_attachment(store, &caller.caller, id)).await?;
    Ok(answer::no_content())
}
