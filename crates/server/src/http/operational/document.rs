//! `GET /api/openapi.json`

use crate::http::code::Code;
use crate::http::openapi;
use actix_web::{HttpResponse, get};

pub(crate) const PROBLEMS: &[Code] = &[];

/// Gives the description of this API.
#[utoipa::path(
    tag = "Operation", security(()),
    responses((status = 200, description = "The OpenAPI document.", body = Object, content_type = "application/json")),
)]
#[get("/api/openapi.json")]
pub(crate) async fn read_document() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(openapi::text())
}
