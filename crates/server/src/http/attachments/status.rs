//! `GET /api/patient-messages/attachments/{id}/status`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::Attachment;
use actix_web::{HttpResponse, get, web};
use threadwell_application::attachments::read_attachment;
use threadwell_domain::AttachmentId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Says where a file is on its way to being downloadable.
#[utoipa::path(
    tag = "Staff: files", security(("staffToken" = [])),
    responses((status = 200, description = "The file as it is now.", body = Attachment)),
)]
#[get("/api/patient-messages/attachments/{id}/status")]
pub(crate) async fn read_attachment_status(
    caller: StaffCaller,
    id: PathId,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = AttachmentId::new(id.0);
    let view = state.run(move |store| read_attachment(store, &caller.caller, id)).await?;
    Ok(answer::ok(&Attachment::from(&view)))
}
