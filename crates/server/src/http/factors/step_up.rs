//! `POST …/auth/step-up`

use super::shapes::{Credential, answer_of, code_of};
use super::tools::run;
use crate::http::answer;
use crate::http::auth::sessions::hashing_permit;
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::fields::present;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{StepUpMethod, TypedCode};
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts::factors::{self, FactorProof, FactorTools, StepUpProof};
use threadwell_crypto::passwords::Password;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::InvalidCode, Code::InvalidCredentials, Code::NotFound];

/// A proof: `password`, `code` for `totp`, or `credential` for `passkey`, as the method says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "method": "totp", "code": "287082" }))]
pub(crate) struct StepUp {
    method: StepUpMethod,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 128, format = Password)]
    password: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, value_type = String, max_length = 64)]
    code: Option<TypedCode>,
    /// What `navigator.credentials.get` gave, as its `toJSON` writes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, value_type = Object)]
    credential: Option<Credential>,
}

enum Proof {
    Password(Password),
    Factor(FactorProof),
}

impl StepUp {
    fn proof(&self) -> ApiResult<Proof> {
        if self.password.is_some() && self.method != StepUpMethod::Password {
            return Err(ApiError::field("/password", FieldProblem::Conflict));
        }
        match self.method {
            StepUpMethod::Password => self.password_alone().map(Proof::Password),
            StepUpMethod::OneTimeCode => {
                code_of(&self.code, &self.credential).map(FactorProof::OneTimeCode).map(Proof::Factor)
            }
            StepUpMethod::Passkey => {
                answer_of(&self.code, &self.credential).map(FactorProof::Passkey).map(Proof::Factor)
            }
        }
    }

    fn password_alone(&self) -> ApiResult<Password> {
        if self.code.is_some() || self.credential.is_some() {
            return Err(ApiError::field("/method", FieldProblem::Conflict));
        }
        let password = self.password.as_deref();
        let password = password.ok_or_else(|| ApiError::field("/password", FieldProblem::Required))?;
        Password::parse(password).map_err(|_| ApiError::field("/password", FieldProblem::Invalid))
    }
}

async fn step(
    state: &web::Data<State>,
    audience: Audience,
    caller: Caller,
    body: &StepUp,
) -> ApiResult<HttpResponse> {
    let (proof, at, passwords) = (body.proof()?, state.clock.now(), state.passwords.clone());
    let _permit = match &proof {
        Proof::Password(_) => Some(hashing_permit(state).await?),
        Proof::Factor(_) => None,
    };
    let step = move |tools: &FactorTools<'_>| match proof {
        Proof::Factor(proof) => factors::step_up(tools, &caller, &StepUpProof::Factor(proof), at),
        Proof::Password(password) => {
            let verify = |stored: Option<&str>| passwords.verify(&password, stored);
            factors::step_up(tools, &caller, &StepUpProof::Password(&verify), at)
        }
    };
    run(state, audience, step).await?;
    Ok(answer::no_content())
}

/// Proves a second factor once more, or the password where there is none; good for ten minutes in this session.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])), request_body = StepUp,
    responses((status = 204, description = "Done.")),
)]
#[post("/api/auth/step-up")]
pub(crate) async fn step_up(
    caller: StaffCaller,
    body: Json<StepUp>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    step(&state, Audience::Staff, caller.caller, &body.value).await
}

/// Proves a second factor once more, or the password where there is none; good for ten minutes in this session.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])), request_body = StepUp,
    responses((status = 204, description = "Done.")),
)]
#[post("/api/patient-portal/auth/step-up")]
pub(crate) async fn portal_step_up(
    caller: PortalCaller,
    body: Json<StepUp>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    step(&state, Audience::Portal, caller.caller, &body.value).await
}
