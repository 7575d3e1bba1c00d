//! `POST …/auth/factors/passkey`

use super::shapes::{Credential, name, texts};
use super::tools::run;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Id;
use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts::factors;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] =
    &[Code::StepUpRequired, Code::InvalidCode, Code::LimitReached, Code::NotFound];

/// A passkey that answers a challenge.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewPasskey {
    challenge_id: Id,
    #[schema(max_length = 60, example = "Work phone")]
    name: String,
    /// What `navigator.credentials.create` gave, as its `toJSON` writes it.
    #[schema(value_type = Object, example = json!({ "id": "AQ", "rawId": "AQ", "type": "public-key", "response": {} }))]
    credential: Credential,
}

/// A passkey that was added.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PasskeyAdded {
    id: Id,
    /// Null where there was a factor before.
    #[schema(required, example = json!(["7Q2K-M0ZD-R5VX-9H3B"]))]
    recovery_codes: Option<Vec<String>>,
}

async fn add(
    state: &web::Data<State>,
    audience: Audience,
    caller: Caller,
    body: NewPasskey,
) -> ApiResult<HttpResponse> {
    let (name, answer) = (name(&body.name)?, body.credential.answer());
    let challenge = body.challenge_id.0;
    let add = move |tools: &factors::FactorTools<'_>| {
        factors::add_passkey(tools, &caller, challenge, (&name, &answer))
    };
    let added = run(state, audience, add).await?;
    let recovery_codes = added.recovery_codes.as_deref().map(texts);
    Ok(HttpResponse::Created().json(PasskeyAdded { id: Id(added.id), recovery_codes }))
}

/// Adds a passkey; at most ten.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])), request_body = NewPasskey,
    responses((status = 201, description = "Its id, and recovery codes if it is the first factor.", body = PasskeyAdded)),
)]
#[post("/api/auth/factors/passkey")]
pub(crate) async fn add_passkey(
    caller: StaffCaller,
    body: Json<NewPasskey>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    add(&state, Audience::Staff, caller.caller, body.value).await
}

/// Adds a passkey; at most ten.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])), request_body = NewPasskey,
    responses((status = 201, description = "Its id, and recovery codes if it is the first factor.", body = PasskeyAdded)),
)]
#[post("/api/patient-portal/auth/factors/passkey")]
pub(crate) async fn portal_add_passkey(
    caller: PortalCaller,
    body: Json<NewPasskey>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    add(&state, Audience::Portal, caller.caller, body.value).await
}
