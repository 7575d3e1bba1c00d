//! `PUT /api/patient-portal/devices/push`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::identity::PortalCaller;
use crate::http::json::Json;
use crate::http::state::State;
use actix_web::{HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::access::Audience;
use threadwell_application::accounts;
use threadwell_application::ports::PushPlatform;
use threadwell_domain::Phi;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

const LONGEST_TOKEN: usize = 4_096;

/// Whose push service.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Platform {
    /// Apple's.
    Ios,
    /// Google's.
    Android,
}

/// Where the device takes push notifications.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PushRegistration {
    platform: Platform,
    /// The token that the platform gave the app; visible ASCII.
    #[schema(min_length = 1, max_length = 4096, example = "fcm-4f7e8c0e2f5f6f0c7a52")]
    token: String,
}

/// Notes where the device of this session takes push notifications; gone with the session.
#[utoipa::path(
    tag = "Portal: account", security(("portalToken" = [])), request_body = PushRegistration,
    responses((status = 204, description = "Noted.")),
)]
#[put("/api/patient-portal/devices/push")]
pub(crate) async fn register_push(
    caller: PortalCaller,
    body: Json<PushRegistration>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let token = body.value.token;
    let is_token = (1..=LONGEST_TOKEN).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_graphic());
    if !is_token {
        return Err(ApiError::field("/token", FieldProblem::Invalid));
    }
    let platform = match body.value.platform {
        Platform::Ios => PushPlatform::Ios,
        Platform::Android => PushPlatform::Android,
    };
    let token = Phi::new(token);
    let register = move |store: &dyn threadwell_application::ports::Store| {
        accounts::register_push(store, &caller.caller, platform, &token)
    };
    state.run_for(Audience::Portal, register).await?;
    Ok(answer::no_content())
}
