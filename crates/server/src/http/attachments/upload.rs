//! `POST /api/patient-messages/attachments`

use crate::http::answer;
use crate::http::attachments::form::UploadForm;
use crate::http::attachments::intake::receive;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::Attachment;
use actix_web::{HttpRequest, HttpResponse, post, web};

pub(crate) const PROBLEMS: &[Code] = &[];

/// Uploads a file, to be taken along by a message within 24 hours. It can be downloaded once it was checked.
#[utoipa::path(
    tag = "Staff: files", security(("staffToken" = [])), params(IdempotencyHeader),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "The file, being checked.", body = Attachment)),
)]
#[post("/api/patient-messages/attachments")]
pub(crate) async fn upload_attachment(
    caller: StaffCaller,
    key: IdempotencyHeader,
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.limits.admit_upload(caller.person())?;
    let (receipt, view) = receive(&request, payload, caller.into(), key, state).await?;
    Ok(answer::created(&receipt, &Attachment::from(&view)))
}
