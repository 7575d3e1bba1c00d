//! `GET /api/admin/patients/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::PatientDetail;
use actix_web::{HttpResponse, get, web};
use threadwell_application::admin::records;
use threadwell_domain::PatientId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Reads a patient's record, with accounts and invitations.
#[utoipa::path(
    tag = "Administration: patients", security(("staffToken" = [])), params(),
    responses((
        status = 200, description = "The record.", body = PatientDetail,
        headers(("ETag" = String, description = "The record's version.")),
    )),
)]
#[get("/api/admin/patients/{id}")]
pub(crate) async fn read_patient(
    caller: StaffCaller,
    id: PathId,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = PatientId::new(id.0);
    let detail = state.run(move |store| records::read(store, &caller.caller, id)).await?;
    Ok(answer::ok_at(detail.record.version, &PatientDetail::from(&detail)))
}
