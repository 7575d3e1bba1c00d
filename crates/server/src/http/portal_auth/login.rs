//! `POST /api/patient-portal/auth/login`

use crate::http::answer;
use crate::http::auth::sessions::Opened;
use crate::http::auth::tokens::{StaffLogin, deliver_with_device};
use crate::http::auth::{LOGIN_PROBLEMS, sessions};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::factors::shapes::SecondFactorDue;
use crate::http::json::Json;
use crate::http::state::{ACCESS_TOKEN_SECONDS, State};
use crate::http::wire::{Id, PortalAccount, PortalPatient, Tenant};
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::Serialize;
use threadwell_application::access::Audience;
use threadwell_application::accounts::{SignedIn, SignedInAs};
use threadwell_application::ports::SessionOwner;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = LOGIN_PROBLEMS;

/// A portal account that has signed in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PortalSignIn {
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
    account: PortalAccount,
    /// Whom the account may act for; oneself first.
    patients: Vec<PortalPatient>,
    /// The patient that it acts for now; null until one is chosen.
    #[schema(required)]
    acting_for: Option<Id>,
    tenant: Tenant,
}

impl PortalSignIn {
    /// The answer to whoever signed in; the refresh token is added where it goes into the body.
    pub(crate) fn of(state: &State, signed_in: &SignedIn) -> ApiResult<Self> {
        let SignedInAs::Account { profile, acting_for } = &signed_in.who else {
            return Err(Code::InvalidCredentials.into());
        };
        let chosen = acting_for.map(|grant| (grant.patient, grant.relationship));
        let owner = SessionOwner::Account { account: profile.id, acting_for: chosen };
        Ok(Self {
            access_token: sessions::access_token(state, signed_in.practice.id, signed_in.session, owner)?,
            expires_in: ACCESS_TOKEN_SECONDS,
            refresh_token: None,
            device_token: None,
            account: profile.into(),
            patients: profile.patients.iter().map(PortalPatient::from).collect(),
            acting_for: chosen.map(|(patient, _)| Id(patient.uuid())),
            tenant: signed_in.practice.clone().into(),
        })
    }

    /// With a refresh token and the device's secret in the body, or without.
    pub(crate) fn with(self, refresh_token: Option<String>, device_token: Option<String>) -> Self {
        Self { refresh_token, device_token, ..self }
    }
}

/// What a right password leads to: a session, or the word that a second factor is due.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum PortalSignInAnswer {
    /// Signed in.
    SignedIn(Box<PortalSignIn>),
    /// Not yet.
    FactorDue(SecondFactorDue),
}

/// Signs a patient or proxy in, or says that a second factor is due.
#[utoipa::path(
    tag = "Portal: session", security(()), request_body = StaffLogin,
    responses((
        status = 200, description = "Signed in, or a second factor is due.", body = PortalSignInAnswer,
        headers(("Set-Cookie" = String, description = "The refresh token and what the device is known again by, unless they are delivered in the body.")),
    )),
)]
#[post("/api/patient-portal/auth/login")]
pub(crate) async fn portal_login(
    request: HttpRequest,
    body: Json<StaffLogin>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let opened = match sessions::open(&request, &state, body.value, Audience::Portal).await? {
        Opened::Session(opened) => opened,
        Opened::FactorDue(due) => return Ok(answer::ok(&PortalSignInAnswer::FactorDue(due.into()))),
    };
    let signed_in = PortalSignIn::of(&state, &opened.signed_in)?;
    let secrets = (&opened.refresh, &opened.device);
    Ok(deliver_with_device(Audience::Portal, opened.delivery, secrets, |refresh_token, device_token| {
        PortalSignInAnswer::SignedIn(Box::new(signed_in.with(refresh_token, device_token)))
    }))
}
