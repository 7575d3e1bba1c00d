//! `GET /api/patient-portal/grants`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::state::State;
use crate::http::wire::{Id, Relationship, Scope, Timestamp, shown};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::access::Audience;
use threadwell_application::portal::{self, OwnGrants};
use threadwell_application::ports::{GivenGrant, GrantedPatient, LinkRecord};
use threadwell_domain::access::{GrantScope, Relationship as As};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Somebody for whom the account acts.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GrantOfMine {
    patient_id: Id,
    #[schema(example = "Leo Mendes")]
    full_name: String,
    relationship: Relationship,
    scope: Scope,
    #[schema(required)]
    expires_at: Option<Timestamp>,
}

impl From<&GrantedPatient> for GrantOfMine {
    fn from(patient: &GrantedPatient) -> Self {
        Self {
            patient_id: Id(patient.grant.patient.uuid()),
            full_name: shown(&patient.full_name),
            relationship: patient.grant.relationship.into(),
            scope: patient.grant.scope.into(),
            expires_at: patient.grant.expires_at.map(Timestamp),
        }
    }
}

/// Somebody who acts for the patient that the account is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GivenToProxy {
    account_id: Id,
    #[schema(example = "Carla Mendes")]
    full_name: String,
    relationship: Relationship,
    scope: Scope,
    #[schema(required)]
    expires_at: Option<Timestamp>,
    /// Always false: who is invited stands under `pending`.
    is_pending: bool,
}

impl From<&GivenGrant> for GivenToProxy {
    fn from(grant: &GivenGrant) -> Self {
        Self {
            account_id: Id(grant.account.uuid()),
            full_name: shown(&grant.full_name),
            relationship: grant.relationship.into(),
            scope: grant.scope.into(),
            expires_at: grant.expires_at.map(Timestamp),
            is_pending: false,
        }
    }
}

/// Somebody who is invited to act for the patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PendingProxy {
    invitation_id: Id,
    #[schema(example = "carla.mendes@example.org")]
    email: String,
    relationship: Relationship,
    scope: Scope,
    /// Until when the invitation is good.
    expires_at: Timestamp,
}

impl From<&LinkRecord> for PendingProxy {
    fn from(link: &LinkRecord) -> Self {
        Self {
            invitation_id: Id(link.id),
            email: link.email.as_ref().map(shown).unwrap_or_default(),
            relationship: link.grant.map_or(As::Caregiver, |grant| grant.relationship).into(),
            scope: link.grant.map_or(GrantScope::Read, |grant| grant.scope).into(),
            expires_at: link.expires_at.into(),
        }
    }
}

/// Who acts for whom, as the account knows it.
#[derive(Serialize, ToSchema)]
pub(crate) struct PortalGrants {
    /// Others for whom the account acts.
    mine: Vec<GrantOfMine>,
    /// Those who act for the patient that the account is, while it acts as such.
    given: Vec<GivenToProxy>,
    /// Those who are invited to.
    pending: Vec<PendingProxy>,
}

impl From<&OwnGrants> for PortalGrants {
    fn from(grants: &OwnGrants) -> Self {
        Self {
            mine: grants.mine.iter().map(GrantOfMine::from).collect(),
            given: grants.given.iter().map(GivenToProxy::from).collect(),
            pending: grants.pending.iter().map(PendingProxy::from).collect(),
        }
    }
}

/// Lists who acts for whom.
#[utoipa::path(
    tag = "Portal: proxies", security(("portalToken" = [])), params(),
    responses((status = 200, description = "The grants.", body = PortalGrants)),
)]
#[get("/api/patient-portal/grants")]
pub(crate) async fn portal_list_grants(
    caller: PortalCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let grants =
        state.run_for(Audience::Portal, move |store| portal::list_grants(store, &caller.caller)).await?;
    Ok(answer::ok(&PortalGrants::from(&grants)))
}
