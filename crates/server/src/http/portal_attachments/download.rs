//! `GET /api/patient-portal/messages/attachments/{id}`

use crate::http::attachments::handing_out::hand_out;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::FileBytes;
use actix_web::{HttpRequest, HttpResponse, route, web};
use threadwell_application::access::Audience;
use threadwell_application::attachments::Rendition;
use threadwell_domain::AttachmentId;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired, Code::NotReady, Code::RangeNotSatisfiable];

/// Downloads a file, or with `Range` one part of it. HEAD tells its size and type.
#[utoipa::path(
    get, path = "/api/patient-portal/messages/attachments/{id}", tag = "Portal: files", security(("portalToken" = [])),
    responses(
        (status = 200, description = "The file, always as an attachment.", body = FileBytes, content_type = "application/octet-stream"),
        (status = 206, description = "The part that was asked for.", body = FileBytes,
            content_type = "application/octet-stream"),
    ),
)]
#[route("/api/patient-portal/messages/attachments/{id}", method = "GET", method = "HEAD")]
pub(crate) async fn portal_download_attachment(
    caller: PortalCaller,
    id: PathId,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let caller = (caller.caller, Audience::Portal);
    hand_out(&request, &state, caller, AttachmentId::new(id.0), Rendition::Whole).await
}
