//! `GET …/auth/step-up`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::state::State;
use crate::http::wire::{StepUpMethod, Timestamp};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts::factors;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// How somebody can step up.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StepUpWays {
    /// The factors; the password where there is none.
    methods: Vec<StepUpMethod>,
    /// Until when the last step-up holds.
    #[schema(required)]
    until: Option<Timestamp>,
}

async fn read(state: &State, audience: Audience, caller: Caller) -> ApiResult<HttpResponse> {
    let standing = state.run_for(audience, move |store| factors::read_step_up(store, &caller)).await?;
    Ok(answer::ok(&StepUpWays {
        methods: standing.methods.into_iter().map(StepUpMethod::from).collect(),
        until: standing.until.map(Timestamp::from),
    }))
}

/// Tells how one can step up, and until when the last step-up holds.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The ways.", body = StepUpWays)),
)]
#[get("/api/auth/step-up")]
pub(crate) async fn read_step_up(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    read(&state, Audience::Staff, caller.caller).await
}

/// Tells how one can step up, and until when the last step-up holds.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])), params(),
    responses((status = 200, description = "The ways.", body = StepUpWays)),
)]
#[get("/api/patient-portal/auth/step-up")]
pub(crate) async fn portal_read_step_up(
    caller: PortalCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    read(&state, Audience::Portal, caller.caller).await
}
