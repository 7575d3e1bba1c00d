//! `POST /api/auth/emergency-access`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::Fields;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Timestamp;
use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use threadwell_application::admin::emergencies;
use threadwell_domain::person::EmergencyReason;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired];

/// Why somebody must look past the limits of the role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmergencyBegin {
    #[schema(min_length = 1, max_length = 1000, example = "The patient collapsed at the front desk.")]
    reason: String,
}

/// Until when everything is open.
#[derive(Serialize, ToSchema)]
pub(crate) struct EmergencyUntil {
    until: Timestamp,
}

/// Opens every category to the session for 60 minutes. The administrators are told, and all that is done is flagged in
/// the audit.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])), request_body = EmergencyBegin,
    responses((status = 201, description = "Until when.", body = EmergencyUntil)),
)]
#[post("/api/auth/emergency-access")]
pub(crate) async fn begin_emergency_access(
    caller: StaffCaller,
    body: Json<EmergencyBegin>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let mut fields = Fields::default();
    let reason = fields.check("/reason", EmergencyReason::parse(&body.value.reason));
    let reason = fields.finish(reason)?;
    let until = state.run(move |store| emergencies::begin(store, &caller.caller, &reason)).await?;
    Ok(answer::created_new(&EmergencyUntil { until: until.into() }))
}
