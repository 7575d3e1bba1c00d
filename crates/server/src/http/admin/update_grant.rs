//! `PUT /api/admin/patients/{id}/grants/{accountId}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::nullable;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::{PathAccountId, PathId};
use crate::http::state::State;
use crate::http::wire::{Id, PatientDetail, Scope, Timestamp};
use actix_web::{HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::admin::grants;
use threadwell_domain::{AccountId, PatientId};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired];

/// The terms of a grant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct GrantTerms {
    #[schema(example = "read")]
    scope: Scope,
    /// Until when; for good, if null or left out. A guardian's ends with the patient's majority at the latest.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Timestamp>, example = "2030-03-11T09:42:00.000Z")]
    expires_at: Option<Option<Timestamp>>,
}

/// Gives a grant its terms, from the account's next request on. One that was ended holds again.
#[utoipa::path(
    tag = "Administration: patients", security(("staffToken" = [])), params(("accountId" = Id, Path, description = "The account.")),
    request_body = GrantTerms,
    responses((status = 200, description = "The record as it is now.", body = PatientDetail)),
)]
#[put("/api/admin/patients/{id}/grants/{accountId}")]
pub(crate) async fn update_grant(
    caller: StaffCaller,
    id: PathId,
    account: PathAccountId,
    body: Json<GrantTerms>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let grant = (PatientId::new(id.0), AccountId::new(account.0));
    let (scope, end) = (body.value.scope.into(), body.value.expires_at.flatten().map(|at| at.0));
    let detail = state.run(move |store| grants::update(store, &caller.caller, grant, scope, end)).await?;
    Ok(answer::ok_at(detail.record.version, &PatientDetail::from(&detail)))
}
