//! `POST /api/admin/emergency-accesses/{id}/review`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::Fields;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::admin::emergencies;
use threadwell_domain::EmergencyAccessId;
use threadwell_domain::person::ReviewNote;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::VersionMismatch];

/// What a reviewer found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmergencyReview {
    #[schema(min_length = 1, max_length = 2000, example = "Justified; the chart shows it.")]
    note: String,
}

/// Notes what was found about an emergency access: once, and never about one's own.
#[utoipa::path(
    tag = "Administration: practice", security(("staffToken" = [])), request_body = EmergencyReview,
    responses((status = 204, description = "Done.")),
)]
#[post("/api/admin/emergency-accesses/{id}/review")]
pub(crate) async fn review_emergency_access(
    caller: StaffCaller,
    id: PathId,
    body: Json<EmergencyReview>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let mut fields = Fields::default();
    let note = fields.check("/note", ReviewNote::parse(&body.value.note));
    let (id, note) = (EmergencyAccessId::new(id.0), fields.finish(note)?);
    state.run(move |store| emergencies::review(store, &caller.caller, id, &note)).await?;
    Ok(answer::no_content())
}
