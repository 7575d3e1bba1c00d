//! Answers that went well.

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderName};
use serde::Serialize;
use threadwell_application::ports::Receipt;

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// 200 with a body.
pub(crate) fn ok(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().json(body)
}

/// 200 with a body; says so if it is the first answer given again.
pub(crate) fn ok_again(is_replay: bool, body: &impl Serialize) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    if is_replay {
        answer.insert_header((REPLAYED, "true"));
    }
    answer.json(body)
}

/// 200 with a body and the thread's version as ETag.
pub(crate) fn ok_at(version: i32, body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::ETAG, format!("\"{version}\""))).json(body)
}

/// 201 with a body; says so if it is the first answer given again.
pub(crate) fn created(receipt: &Receipt, body: &impl Serialize) -> HttpResponse {
    let mut answer = HttpResponse::Created();
    if receipt.is_replay {
        answer.insert_header((REPLAYED, "true"));
    }
    answer.json(body)
}

/// 204.
pub(crate) fn no_content() -> HttpResponse {
    HttpResponse::NoContent().finish()
}
