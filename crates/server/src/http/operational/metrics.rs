//! `GET /metrics`

use crate::http::code::Code;
use crate::http::state::State;
use actix_web::{HttpResponse, get, web};

pub(crate) const PROBLEMS: &[Code] = &[];

/// Gives figures to Prometheus. They hold nothing about anybody; the proxy in front need not pass them on.
#[utoipa::path(
    tag = "Operation", security(()),
    responses((status = 200, description = "The figures.", body = String, content_type = "text/plain")),
)]
#[get("/metrics")]
pub(crate) async fn read_metrics(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(state.metrics.render())
}
