//! `POST /api/patient-portal/grants`

use crate::http::account::working;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, present};
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::PortalCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{Id, Scope, Timestamp};
use crate::links;
use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use threadwell_application::FieldProblem;
use threadwell_application::access::Audience;
use threadwell_application::accounts::AccountPorts;
use threadwell_application::portal::{self, Caregiver};
use threadwell_domain::person::{EmailAddress, PersonName};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired, Code::StepUpRequired, Code::LimitReached];

/// What patients can invite others as.
#[derive(Deserialize, ToSchema)]
pub(crate) enum AsCaregiver {
    /// Somebody who helps.
    #[serde(rename = "caregiver")]
    Caregiver,
}

/// A caregiver to be invited.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewCaregiver {
    #[schema(max_length = 254, example = "carla.mendes@example.org")]
    email: String,
    #[schema(min_length = 1, max_length = 200, example = "Carla Mendes")]
    full_name: String,
    /// Always `caregiver`: who is a guardian, the practice decides.
    relationship: AsCaregiver,
    scope: Scope,
    /// Until when; for good, if left out.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, example = "2030-03-11T09:42:00.000Z")]
    expires_at: Option<Timestamp>,
}

/// An invitation that was mailed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CaregiverInvited {
    invitation_id: Id,
}

impl NewCaregiver {
    fn parse(&self) -> ApiResult<Caregiver> {
        let mut fields = Fields::default();
        let email = EmailAddress::parse(&self.email);
        if email.is_none() {
            fields.refuse("/email", FieldProblem::Invalid);
        }
        let full_name = fields.check("/fullName", PersonName::parse(&self.full_name));
        let AsCaregiver::Caregiver = self.relationship;
        let (scope, expires_at) = (self.scope.into(), self.expires_at.map(|at| at.0));
        let named = email.zip(full_name);
        fields.finish(named.map(|(email, full_name)| Caregiver { email, full_name, scope, expires_at }))
    }
}

/// Invites a caregiver to act for the patient that the account is. The mailed link is good for seven days; ten can wait.
#[utoipa::path(
    tag = "Portal: proxies", security(("portalToken" = [])), params(IdempotencyHeader), request_body = NewCaregiver,
    responses((status = 201, description = "The invitation's id.", body = CaregiverInvited)),
)]
#[post("/api/patient-portal/grants")]
pub(crate) async fn portal_invite_caregiver(
    caller: PortalCaller,
    key: IdempotencyHeader,
    body: Json<NewCaregiver>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (key, caregiver) = (key.with(body.fingerprint), body.value.parse()?);
    let (tenant, keys) = (caller.claims.tenant, state.keys.clone());
    let invite = move |ports: &AccountPorts<'_>| {
        let hashes = links::hashes(&keys, tenant);
        portal::invite_caregiver(ports, &caller.caller, &caregiver, &hashes, key.as_ref())
    };
    let receipt = working::run(&state, Audience::Portal, invite).await?;
    let invitation_id = Id(receipt.link.ok_or(Code::InternalError)?);
    Ok(answer::created(&receipt, &CaregiverInvited { invitation_id }))
}
