//! `POST /api/auth/invitation/check`

use super::reset_check::LinkToken;
use super::working;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{LinkedPractice, Role, shown};
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::Serialize;
use threadwell_application::access::Audience;
use threadwell_application::accounts;
use threadwell_crypto::one_time::OneTimeKind;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = super::LINK_PROBLEMS;

/// Who is invited to the staff, and to which.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CheckedStaffInvitation {
    practice: LinkedPractice,
    #[schema(example = "Maria Santos")]
    full_name: String,
    #[schema(example = "ma@riverside.example")]
    email: String,
    role: Role,
    /// How many characters the password takes at least.
    #[schema(example = 12)]
    minimum_length: usize,
}

/// Tells what an invitation is good for; it can be used afterwards as before.
#[utoipa::path(
    tag = "Staff: account", security(()), request_body = LinkToken,
    responses((status = 200, description = "The invitation is good.", body = CheckedStaffInvitation)),
)]
#[post("/api/auth/invitation/check")]
pub(crate) async fn check_invitation(
    request: HttpRequest,
    body: Json<LinkToken>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let secret = (OneTimeKind::Link, &*body.value.token);
    let link = working::presented(&request, &state, Audience::Staff, secret)?;
    let check = move |ports: &accounts::AccountPorts<'_>| accounts::check_staff_invitation(ports, &link);
    let checked = working::run(&state, Audience::Staff, check).await?;
    Ok(answer::ok(&CheckedStaffInvitation {
        practice: checked.practice.into(),
        full_name: checked.profile.full_name.clone(),
        email: shown(&checked.profile.email),
        role: checked.profile.role.into(),
        minimum_length: checked.minimum_length,
    }))
}
