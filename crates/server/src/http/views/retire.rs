//! `DELETE /api/views/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::NoBody;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpResponse, delete, web};
use threadwell_application::views;
use threadwell_domain::ViewId;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Removes a view of one's own; admins also those that others share.
#[utoipa::path(
    tag = "Staff: views", security(("staffToken" = [])),
    responses((status = 204, description = "Done.")),
)]
#[delete("/api/views/{id}")]
pub(crate) async fn retire_view(
    caller: StaffCaller,
    id: PathId,
    _: NoBody,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let id = ViewId::new(id.0);
    state.run(move |store| views::retire(store, &caller.caller, id)).await?;
    Ok(answer::no_content())
}
