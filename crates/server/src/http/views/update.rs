//! `PUT /api/views/{id}`

use super::text::NewView;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, put, web};
use threadwell_application::views;
use threadwell_domain::ViewId;

pub(crate) const PROBLEMS: &[Code] = &[Code::AssigneeNotFound];

/// Writes a view of one's own anew; admins also those that others share.
#[utoipa::path(
    tag = "Staff: views", security(("staffToken" = [])), request_body = NewView,
    responses((status = 204, description = "Done.")),
)]
#[put("/api/views/{id}")]
pub(crate) async fn update_view(
    caller: StaffCaller,
    id: PathId,
    body: Json<NewView>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (id, text) = (ViewId::new(id.0), body.value.parse()?);
    state.run(move |store| views::update(store, &caller.caller, id, &text)).await?;
    Ok(answer::no_content())
}
