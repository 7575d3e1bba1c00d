//! `POST /api/admin/patients/{id}/invitations`

use super::record_text::email;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, present};
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::{Created, Relationship, Scope, Timestamp};
use crate::links;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::admin::invitations::{self, Invitation};
use threadwell_application::ports::Store;
use threadwell_domain::PatientId;
use threadwell_domain::access::GrantScope;
use threadwell_domain::person::PersonName;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired];

/// Whom to invite to the portal, as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewInvitation {
    /// Where it goes. For patients themselves the e-mail on file, if left out.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 254, example = "carla.mendes@example.org")]
    email: Option<String>,
    #[schema(example = "caregiver")]
    relationship: Relationship,
    /// The name of who is invited.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "Carla Mendes")]
    full_name: Option<String>,
    /// How far; `write`, if left out. Patients themselves always write.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, example = "read")]
    scope: Option<Scope>,
    /// Until when; for good, if left out. A guardian's ends with the patient's majority at the latest.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, example = "2030-03-11T09:42:00.000Z")]
    expires_at: Option<Timestamp>,
}

impl NewInvitation {
    fn parse(&self) -> ApiResult<Invitation> {
        let mut fields = Fields::default();
        let email = self.email.as_deref().and_then(|text| email(&mut fields, text));
        let name = self.full_name.as_deref();
        let full_name = name.and_then(|text| fields.check("/fullName", PersonName::parse(text)));
        let scope = self.scope.map_or(GrantScope::ReadWrite, Into::into);
        let (relationship, expires_at) = (self.relationship.into(), self.expires_at.map(|at| at.0));
        fields.finish(Some(Invitation { email, relationship, full_name, scope, expires_at }))
    }
}

/// Invites a patient to the portal, or somebody who is to act for the patient. The mailed link is good for seven days; an
/// earlier one of the same kind to the same address is good no more.
#[utoipa::path(
    tag = "Administration: patients", security(("staffToken" = [])), params(IdempotencyHeader), request_body = NewInvitation,
    responses((status = 201, description = "The invitation's id.", body = Created)),
)]
#[post("/api/admin/patients/{id}/invitations")]
pub(crate) async fn invite_patient(
    caller: StaffCaller,
    id: PathId,
    key: IdempotencyHeader,
    body: Json<NewInvitation>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (key, invitation) = (key.with(body.fingerprint), body.value.parse()?);
    let (id, tenant, keys) = (PatientId::new(id.0), caller.claims.tenant, state.keys.clone());
    let invite = move |store: &dyn Store| {
        let hashes = links::hashes(&keys, tenant);
        invitations::invite(store, &caller.caller, id, &invitation, (&hashes, key.as_ref()))
    };
    let receipt = state.run(invite).await?;
    Ok(answer::created(&receipt, &Created::of(receipt.link)?))
}
