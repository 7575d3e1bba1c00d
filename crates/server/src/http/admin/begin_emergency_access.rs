//! `POST /api/auth/emergency-access`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::Fields;
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Timestamp;
use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use threadwell_application::admin::emergencies;
use threadwell_application::ports::Store;
use threadwell_domain::person::EmergencyReason;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::LimitReached];

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
/// the audit. One at a time: whoever has another reason ends the first.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])), params(IdempotencyHeader), request_body = EmergencyBegin,
    responses((status = 201, description = "Until when.", body = EmergencyUntil)),
)]
#[post("/api/auth/emergency-access")]
pub(crate) async fn begin_emergency_access(
    caller: StaffCaller,
    key: IdempotencyHeader,
    body: Json<EmergencyBegin>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let mut fields = Fields::default();
    let reason = fields.check("/reason", EmergencyReason::parse(&body.value.reason));
    let (key, reason) = (key.with(body.fingerprint), fields.finish(reason)?);
    let begin = move |store: &dyn Store| emergencies::begin(store, &caller.caller, &reason, key.as_ref());
    let (receipt, until) = state.run(begin).await?;
    Ok(answer::created(&receipt, &EmergencyUntil { until: until.into() }))
}
