//! `GET …/auth/factors`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::state::State;
use crate::http::wire::{FactorKind, Id, Timestamp, shown};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::access::{Audience, Caller};
use threadwell_application::accounts::factors::{self, OwnFactors};
use threadwell_application::ports::FactorView;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// One's own second factors.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Factors {
    factors: Vec<Factor>,
    recovery_codes_left: usize,
    /// Whether the practice demands one: then the last one stays.
    demanded: bool,
}

/// A second factor.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Factor {
    id: Id,
    kind: FactorKind,
    #[schema(example = "Work phone")]
    name: String,
    created_at: Timestamp,
    #[schema(required)]
    last_used_at: Option<Timestamp>,
}

impl From<&OwnFactors> for Factors {
    fn from(own: &OwnFactors) -> Self {
        Self {
            factors: own.factors.iter().map(Factor::from).collect(),
            recovery_codes_left: own.standing.recovery_codes,
            demanded: own.standing.is_demanded,
        }
    }
}

impl From<&FactorView> for Factor {
    fn from(factor: &FactorView) -> Self {
        Self {
            id: Id(factor.id),
            kind: factor.kind.into(),
            name: shown(&factor.name),
            created_at: factor.created_at.into(),
            last_used_at: factor.last_used_at.map(Timestamp::from),
        }
    }
}

async fn list(state: &State, audience: Audience, caller: Caller) -> ApiResult<HttpResponse> {
    let own = state.run_for(audience, move |store| factors::read_factors(store, &caller)).await?;
    Ok(answer::ok(&Factors::from(&own)))
}

/// Lists one's own second factors.
#[utoipa::path(
    tag = "Staff: session", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The factors.", body = Factors)),
)]
#[get("/api/auth/factors")]
pub(crate) async fn list_factors(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    list(&state, Audience::Staff, caller.caller).await
}

/// Lists one's own second factors.
#[utoipa::path(
    tag = "Portal: session", security(("portalToken" = [])), params(),
    responses((status = 200, description = "The factors.", body = Factors)),
)]
#[get("/api/patient-portal/auth/factors")]
pub(crate) async fn portal_list_factors(
    caller: PortalCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    list(&state, Audience::Portal, caller.caller).await
}
