//! `GET /api/canned-responses/{id}/versions`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::{Category, Timestamp};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::canned_responses;
use threadwell_application::ports::CannedVersion;
use threadwell_domain::CannedResponseId;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// What a prepared answer said.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CannedResponseVersion {
    #[schema(example = 2)]
    version: i32,
    #[schema(example = "Prescription Approved")]
    title: String,
    category: Category,
    #[schema(example = "Your prescription refill has been approved.")]
    response_text: String,
    written_at: Timestamp,
    /// Null for what every practice starts with.
    #[schema(required, example = "Maria Santos")]
    written_by_name: Option<String>,
}

impl From<&CannedVersion> for CannedResponseVersion {
    fn from(version: &CannedVersion) -> Self {
        Self {
            version: version.version,
            title: version.title.clone(),
            category: version.category.into(),
            response_text: version.response.clone(),
            written_at: version.written_at.into(),
            written_by_name: version.written_by.clone(),
        }
    }
}

/// All that a prepared answer ever said, latest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct CannedResponseVersions {
    versions: Vec<CannedResponseVersion>,
}

/// Lists what a prepared answer said before, and who wrote it.
#[utoipa::path(
    tag = "Staff: canned responses", security(("staffToken" = [])), params(),
    responses((status = 200, description = "All versions.", body = CannedResponseVersions)),
)]
#[get("/api/canned-responses/{id}/versions")]
pub(crate) async fn list_canned_response_versions(
    caller: StaffCaller,
    id: PathId,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = CannedResponseId::new(id.0);
    let versions = state.run(move |store| canned_responses::versions(store, &caller.caller, id)).await?;
    let versions = versions.iter().map(CannedResponseVersion::from).collect();
    Ok(answer::ok(&CannedResponseVersions { versions }))
}
