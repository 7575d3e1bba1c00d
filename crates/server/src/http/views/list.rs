//! `GET /api/views`

use super::filter::ViewFilter;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::{Id, Integrity, shown};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::ports::ViewView;
use threadwell_application::views;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// A view of the inbox.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct View {
    id: Id,
    #[schema(example = "Refills that wait")]
    name: String,
    /// Whether colleagues see it too.
    is_shared: bool,
    /// Whether it is the caller's own.
    is_own: bool,
    #[schema(example = "Maria Santos")]
    owner_name: String,
    filter: ViewFilter,
    integrity: Integrity,
}

impl From<&ViewView> for View {
    fn from(view: &ViewView) -> Self {
        let filter = view.filter.text().and_then(ViewFilter::of);
        Self {
            id: Id(view.id.uuid()),
            name: shown(&view.name),
            is_shared: view.is_shared,
            is_own: view.is_own,
            owner_name: view.owner_name.clone(),
            integrity: Integrity::of(view.name.is_intact() && filter.is_some()),
            filter: filter.unwrap_or_default(),
        }
    }
}

/// Views, the caller's own first, each by name.
#[derive(Serialize, ToSchema)]
pub(crate) struct ViewList {
    views: Vec<View>,
}

/// Lists the caller's own views and the shared ones.
#[utoipa::path(
    tag = "Staff: views", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The views.", body = ViewList)),
)]
#[get("/api/views")]
pub(crate) async fn list_views(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let views = state.run(move |store| views::list(store, &caller.caller)).await?;
    Ok(answer::ok(&ViewList { views: views.iter().map(View::from).collect() }))
}
