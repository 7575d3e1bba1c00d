//! `GET /api/admin/emergency-accesses`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::{Id, Timestamp, shown};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::admin::emergencies;
use threadwell_application::ports::EmergencyView;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// A time in which somebody looked past the limits of the role.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EmergencyAccess {
    id: Id,
    staff_id: Id,
    #[schema(example = "Maria Santos")]
    full_name: String,
    #[schema(example = "The patient collapsed at the front desk.")]
    reason: String,
    started_at: Timestamp,
    expires_at: Timestamp,
    /// When it was ended before its time.
    #[schema(required)]
    ended_at: Option<Timestamp>,
    #[schema(required)]
    reviewed_at: Option<Timestamp>,
    #[schema(required, example = "Avery Audit")]
    reviewed_by_name: Option<String>,
    /// What the reviewer found.
    #[schema(required, example = "Justified; the chart shows it.")]
    note: Option<String>,
}

impl From<&EmergencyView> for EmergencyAccess {
    fn from(view: &EmergencyView) -> Self {
        Self {
            id: Id(view.id.uuid()),
            staff_id: Id(view.staff.uuid()),
            full_name: view.full_name.clone(),
            reason: shown(&view.reason),
            started_at: view.started_at.into(),
            expires_at: view.expires_at.into(),
            ended_at: view.ended_at.map(Timestamp),
            reviewed_at: view.reviewed.as_ref().map(|(at, _)| Timestamp(*at)),
            reviewed_by_name: view.reviewed.as_ref().map(|(_, name)| name.clone()),
            note: view.note.as_ref().map(shown),
        }
    }
}

/// The latest 200, latest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EmergencyAccesses {
    emergency_accesses: Vec<EmergencyAccess>,
}

/// Lists who looked past the limits of the role, when and why.
#[utoipa::path(
    tag = "Administration: practice", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The latest 200.", body = EmergencyAccesses)),
)]
#[get("/api/admin/emergency-accesses")]
pub(crate) async fn list_emergency_accesses(
    caller: StaffCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let views = state.run(move |store| emergencies::list(store, &caller.caller)).await?;
    let emergency_accesses = views.iter().map(EmergencyAccess::from).collect();
    Ok(answer::ok(&EmergencyAccesses { emergency_accesses }))
}
