//! `POST /api/patient-portal/auth/email`

use super::{typed, working};
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::json::Json;
use crate::http::state::State;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::access::Audience;
use threadwell_application::accounts;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = super::PASSWORD_PROBLEMS;

/// The e-mail to have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct EmailChange {
    #[schema(max_length = 254, example = "ana.new@example.org")]
    email: String,
    #[schema(min_length = 1, max_length = 128, format = Password, example = "threadwell-demo-2026")]
    password: String,
}

/// Mails a link to the new address; until it is opened and confirmed, the old one counts.
#[utoipa::path(
    tag = "Portal: account", security(("portalToken" = [])), request_body = EmailChange,
    responses((status = 202, description = "A mail is on its way. No body.")),
)]
#[post("/api/patient-portal/auth/email")]
pub(crate) async fn change_email(
    caller: PortalCaller,
    body: Json<EmailChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let email = typed::new_email(&body.value.email)?;
    let password = typed::password("/password", &body.value.password)?;
    let change = move |ports: &accounts::AccountPorts<'_>| {
        accounts::change_email(ports, &caller.caller, &email, &password)
    };
    working::run_hashing(&state, Audience::Portal, change).await?;
    Ok(HttpResponse::Accepted().finish())
}
