//! `POST /api/views`

use super::text::NewView;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::ViewCreated;
use actix_web::{HttpResponse, post, web};
use threadwell_application::views;

pub(crate) const PROBLEMS: &[Code] = &[Code::AssigneeNotFound, Code::LimitReached];

/// Keeps a view; at most 50 of one's own.
#[utoipa::path(
    tag = "Staff: views", security(("staffToken" = [])), params(IdempotencyHeader), request_body = NewView,
    responses((status = 201, description = "Its id.", body = ViewCreated)),
)]
#[post("/api/views")]
pub(crate) async fn create_view(
    caller: StaffCaller,
    key: IdempotencyHeader,
    body: Json<NewView>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (key, text) = (key.with(body.fingerprint), body.value.parse()?);
    let receipt = state.run(move |store| views::create(store, &caller.caller, &text, key.as_ref())).await?;
    Ok(answer::created(&receipt, &ViewCreated::of(&receipt)?))
}
