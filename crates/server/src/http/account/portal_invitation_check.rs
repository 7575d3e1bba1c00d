//! `POST /api/patient-portal/auth/invitation/check`

use super::reset_check::LinkToken;
use super::working;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{LinkedPractice, Relationship};
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::Serialize;
use threadwell_application::access::Audience;
use threadwell_application::accounts;
use threadwell_crypto::one_time::OneTimeKind;
use threadwell_domain::access::Relationship as InvitedAs;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = super::LINK_PROBLEMS;

/// Whom an invitation makes of its reader.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum InvitationKind {
    /// The patient.
    #[serde(rename = "self")]
    Myself,
    /// Somebody who acts for the patient.
    Proxy,
}

/// What an invitation to the portal is good for; never whom it is about.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CheckedInvitation {
    practice: LinkedPractice,
    kind: InvitationKind,
    relationship: Relationship,
    /// Whether the patient's birth date is asked for.
    needs_birth_date: bool,
    /// Whether there is an account of this e-mail, whose password is asked for.
    has_account: bool,
    /// How many characters a new password takes at least.
    #[schema(example = 15)]
    minimum_length: usize,
}

/// Tells what an invitation is good for; it can be used afterwards as before.
#[utoipa::path(
    tag = "Portal: account", security(()), request_body = LinkToken,
    responses((status = 200, description = "The invitation is good.", body = CheckedInvitation)),
)]
#[post("/api/patient-portal/auth/invitation/check")]
pub(crate) async fn portal_check_invitation(
    request: HttpRequest,
    body: Json<LinkToken>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let secret = (OneTimeKind::Link, &*body.value.token);
    let link = working::presented(&request, &state, Audience::Portal, secret)?;
    let check = move |ports: &accounts::AccountPorts<'_>| accounts::check_invitation(ports, &link);
    let checked = working::run(&state, Audience::Portal, check).await?;
    Ok(answer::ok(&CheckedInvitation {
        practice: checked.practice.into(),
        kind: match checked.relationship {
            InvitedAs::Myself => InvitationKind::Myself,
            InvitedAs::Guardian | InvitedAs::Caregiver => InvitationKind::Proxy,
        },
        relationship: checked.relationship.into(),
        needs_birth_date: checked.needs_birth_date,
        has_account: checked.has_account,
        minimum_length: checked.minimum_length,
    }))
}
