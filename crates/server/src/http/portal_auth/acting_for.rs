//! `POST /api/patient-portal/auth/acting-for`

use crate::http::answer;
use crate::http::auth::sessions;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::json::Json;
use crate::http::state::{ACCESS_TOKEN_SECONDS, State};
use crate::http::wire::Id;
use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use threadwell_application::access::Audience;
use threadwell_application::accounts;
use threadwell_application::ports::SessionOwner;
use threadwell_domain::PatientId;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::NotFound];

/// The patient to act for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ActFor {
    patient_id: Id,
}

/// An access token that acts for the patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ActingFor {
    #[schema(example = "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.eyJpc3MiOiJ0aHJlYWR3ZWxsIn0.c2lnbmF0dXJl")]
    access_token: String,
    /// Seconds.
    #[schema(example = 600)]
    expires_in: i64,
    acting_for: Id,
}

/// Chooses the patient that the account acts for; refreshes keep the choice.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])), request_body = ActFor,
    responses((status = 200, description = "A token that acts for the patient.", body = ActingFor)),
)]
#[post("/api/patient-portal/auth/acting-for")]
pub(crate) async fn act_for(
    caller: PortalCaller,
    body: Json<ActFor>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (claims, patient) = (caller.claims, PatientId::new(body.value.patient_id.0));
    let grant = state
        .run_for(Audience::Portal, move |store| accounts::act_for(store, &caller.caller, patient))
        .await?
        .grant;
    let acting_for = Some((grant.patient, grant.relationship));
    let owner = SessionOwner::Account { account: claims.account, acting_for };
    let access_token = sessions::access_token(&state, claims.tenant, claims.session, owner)?;
    let acting_for = Id(grant.patient.uuid());
    Ok(answer::ok(&ActingFor { access_token, expires_in: ACCESS_TOKEN_SECONDS, acting_for }))
}
