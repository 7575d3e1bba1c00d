//! `POST /api/patient-portal/auth/invitation/accept`

use super::{typed, working};
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::fields::present;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Token;
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::access::Audience;
use threadwell_application::accounts::{self, InvitationAnswer};
use threadwell_crypto::one_time::OneTimeKind;
use threadwell_domain::access::HolderName;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = super::ANSWER_PROBLEMS;

/// What it takes to take up an invitation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct InvitationAcceptance {
    #[schema(
        value_type = String,
        max_length = 512,
        example = "l1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    token: Token,
    /// That of the account of this e-mail; else the one to have.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 128, format = Password, example = "a lamp under green snow")]
    password: Option<String>,
    /// The name of a proxy who has no account yet.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 120, example = "Rosa Silva")]
    full_name: Option<String>,
    /// The patient's, where the check said that it is asked for.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "1980-02-03")]
    birth_date: Option<String>,
}

impl InvitationAcceptance {
    fn parse(&self) -> ApiResult<InvitationAnswer> {
        let name = self.full_name.as_deref().map(HolderName::parse).transpose();
        let name = name.map_err(|refusal| ApiError::field("/fullName", refusal.into()))?;
        let password = self.password.as_deref();
        let password = password.ok_or_else(|| ApiError::field("/password", FieldProblem::Required))?;
        Ok(InvitationAnswer {
            password: typed::password("/password", password)?,
            full_name: name.map(HolderName::into_phi),
            birth_date: self.birth_date.as_deref().map(typed::birth_date).transpose()?,
        })
    }
}

/// Takes up an invitation: opens an account, or gives the one that there is one more patient.
#[utoipa::path(
    tag = "Portal: account", security(()), request_body = InvitationAcceptance,
    responses((
        status = 204, description = "Taken up; sign in now.",
        headers(("Set-Cookie" = String, description = "What the device is known again by, where a password was set.")),
    )),
)]
#[post("/api/patient-portal/auth/invitation/accept")]
pub(crate) async fn portal_accept_invitation(
    request: HttpRequest,
    body: Json<InvitationAcceptance>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let answer = body.value.parse()?;
    let secret = (OneTimeKind::Link, &*body.value.token);
    let link = working::presented(&request, &state, Audience::Portal, secret)?;
    let accept = move |ports: &accounts::AccountPorts<'_>| accounts::accept_invitation(ports, &link, &answer);
    let device = working::run_hashing(&state, Audience::Portal, accept).await?;
    Ok(device.map_or_else(answer::no_content, |device| working::known(Audience::Portal, &device)))
}
