//! `GET /api/docs`

use crate::http::code::Code;
use crate::http::docs_page;
use actix_web::{HttpResponse, get};

pub(crate) const PROBLEMS: &[Code] = &[];

/// Shows the description of this API as a page.
#[utoipa::path(
    tag = "Operation", security(()),
    responses((status = 200, description = "The page.", body = String, content_type = "text/html")),
)]
#[get("/api/docs")]
pub(crate) async fn read_docs() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(docs_page::html())
}

/// The page's style, in a file of its own: the page allows no inline style.
#[utoipa::path(
    tag = "Operation", security(()),
    responses((status = 200, description = "The style sheet.", body = String, content_type = "text/css")),
)]
#[get("/api/docs.css")]
pub(crate) async fn read_docs_style() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(docs_page::STYLE)
}
