//! `GET /api/patient-messages/attachment-limits`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::AttachmentLimits;
use actix_web::{HttpResponse, get, web};
use threadwell_application::attachments::read_limits;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Says what may be uploaded, so that apps need not know.
#[utoipa::path(
    tag = "Staff: files", security(("staffToken" = [])),
    responses((status = 200, description = "The limits.", body = AttachmentLimits)),
)]
#[get("/api/patient-messages/attachment-limits")]
pub(crate) async fn read_attachment_limits(
    caller: StaffCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let limits = state.settings.upload_limits;
    let limits = state.run(move |store| read_limits(store, &caller.caller, limits)).await?;
    Ok(answer::ok(&AttachmentLimits::from(limits)))
}
