//! `POST /api/auth/login`

use super::sessions;
use super::tokens::{StaffLogin, deliver_with_device};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::{ACCESS_TOKEN_SECONDS, State};
use crate::http::wire::{StaffUser, Tenant};
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::Serialize;
use threadwell_application::access::Audience;
use threadwell_application::accounts::SignedInAs;
use threadwell_application::ports::SessionOwner;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = super::LOGIN_PROBLEMS;

/// A staff member who has signed in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffSignIn {
    #[schema(example = "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.eyJpc3MiOiJ0aHJlYWR3ZWxsIn0.c2lnbmF0dXJl")]
    access_token: String,
    /// Seconds.
    #[schema(example = 600)]
    expires_in: i64,
    /// Only where the token is delivered in the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "v1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    refresh_token: Option<String>,
    /// Only where the token is delivered in the body: to be sent with the next sign-in on this device.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "d1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    device_token: Option<String>,
    user: StaffUser,
    tenant: Tenant,
}

/// Signs a member of the staff in.
#[utoipa::path(
    tag = "Staff: session", security(()), request_body = StaffLogin,
    responses((
        status = 200, description = "Signed in.", body = StaffSignIn,
        headers(("Set-Cookie" = String, description = "The refresh token and what the device is known again by, unless they are delivered in the body.")),
    )),
)]
#[post("/api/auth/login")]
pub(crate) async fn login(
    request: HttpRequest,
    body: Json<StaffLogin>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let opened = sessions::open(&request, &state, body.value, Audience::Staff).await?;
    let SignedInAs::Staff(profile) = &opened.signed_in.who else {
        return Err(Code::InvalidCredentials.into());
    };
    let (session, practice) = (opened.signed_in.session, opened.signed_in.practice.clone());
    let access_token = sessions::access_token(&state, practice.id, session, SessionOwner::Staff(profile.id))?;
    let secrets = (&opened.refresh, &opened.device);
    Ok(deliver_with_device(Audience::Staff, opened.delivery, secrets, |refresh_token, device_token| {
        StaffSignIn {
            access_token,
            expires_in: ACCESS_TOKEN_SECONDS,
            refresh_token,
            device_token,
            user: profile.into(),
            tenant: practice.into(),
        }
    }))
}
