//! The answers to who has signed in with a factor.

use super::shapes::texts;
use super::ticket::Entered;
use crate::http::auth::login::StaffSignIn;
use crate::http::auth::tokens::deliver_with_device;
use crate::http::error::ApiResult;
use crate::http::portal_auth::login::PortalSignIn;
use crate::http::state::State;
use actix_web::HttpResponse;
use serde::Serialize;
use threadwell_application::access::Audience;
use utoipa::ToSchema;

/// A staff member who has signed in and enrolled the first factor.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffEnrolled {
    #[serde(flatten)]
    sign_in: StaffSignIn,
    /// Shown this once; each is good once.
    #[schema(example = json!(["7Q2K-M0ZD-R5VX-9H3B"]))]
    recovery_codes: Vec<String>,
}

/// A portal account that has signed in and enrolled the first factor.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PortalEnrolled {
    #[serde(flatten)]
    sign_in: PortalSignIn,
    /// Shown this once; each is good once.
    #[schema(example = json!(["7Q2K-M0ZD-R5VX-9H3B"]))]
    recovery_codes: Vec<String>,
}

/// To a member of the staff.
pub(super) fn staff(state: &State, entered: &Entered) -> ApiResult<HttpResponse> {
    let opened = &entered.opened;
    let signed_in = StaffSignIn::of(state, &opened.signed_in)?;
    let secrets = (&opened.refresh, &opened.device);
    Ok(deliver_with_device(Audience::Staff, opened.delivery, secrets, |token, device| {
        signed_in.with(token, device)
    }))
}

/// To a member of the staff who has just enrolled.
pub(super) fn staff_enrolled(state: &State, entered: &Entered) -> ApiResult<HttpResponse> {
    let opened = &entered.opened;
    let signed_in = StaffSignIn::of(state, &opened.signed_in)?;
    let recovery_codes = texts(&entered.recovery_codes);
    let secrets = (&opened.refresh, &opened.device);
    Ok(deliver_with_device(Audience::Staff, opened.delivery, secrets, |token, device| StaffEnrolled {
        sign_in: signed_in.with(token, device),
        recovery_codes,
    }))
}

/// To a portal account.
pub(super) fn portal(state: &State, entered: &Entered) -> ApiResult<HttpResponse> {
    let opened = &entered.opened;
    let signed_in = PortalSignIn::of(state, &opened.signed_in)?;
    let secrets = (&opened.refresh, &opened.device);
    Ok(deliver_with_device(Audience::Portal, opened.delivery, secrets, |token, device| {
        signed_in.with(token, device)
    }))
}

/// To a portal account that has just enrolled.
pub(super) fn portal_enrolled(state: &State, entered: &Entered) -> ApiResult<HttpResponse> {
    let opened = &entered.opened;
    let signed_in = PortalSignIn::of(state, &opened.signed_in)?;
    let recovery_codes = texts(&entered.recovery_codes);
    let secrets = (&opened.refresh, &opened.device);
    Ok(deliver_with_device(Audience::Portal, opened.delivery, secrets, |token, device| PortalEnrolled {
        sign_in: signed_in.with(token, device),
        recovery_codes,
    }))
}
