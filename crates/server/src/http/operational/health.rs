//! `GET /api/health`

use crate::http::answer;
use crate::http::code::Code;
use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// How the process is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    #[schema(example = "ok")]
    pub(super) status: &'static str,
}

/// Says that the process answers; asks nothing of the database.
#[utoipa::path(
    tag = "Operation", security(()),
    responses((status = 200, description = "The process is alive.", body = Health)),
)]
#[get("/api/health")]
pub(crate) async fn read_health() -> HttpResponse {
    answer::ok(&Health { status: "ok" })
}
