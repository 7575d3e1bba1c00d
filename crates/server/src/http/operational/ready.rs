//! `GET /api/ready`

use super::health::Health;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::state::State;
use actix_web::{HttpResponse, get, web};

pub(crate) const PROBLEMS: &[Code] = &[];

/// Says whether the database answers with the schema of this build.
#[utoipa::path(
    tag = "Operation", security(()),
    responses((status = 200, description = "Requests can be served.", body = Health)),
)]
#[get("/api/ready")]
pub(crate) async fn read_readiness(state: web::Data<State>) -> ApiResult<HttpResponse> {
    state.run(move |store| store.ready()).await?;
    Ok(answer::ok(&Health { status: "ready" }))
}
