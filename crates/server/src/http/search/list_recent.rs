//! `GET /api/patient-messages/search/recent`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::{Id, Timestamp};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::search;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// A query of before.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecentSearch {
    id: Id,
    #[schema(example = "rash from:patient")]
    query: String,
    at: Timestamp,
}

/// The caller's ten newest queries, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecentSearches {
    recent: Vec<RecentSearch>,
}

/// Lists what the caller searched for before.
#[utoipa::path(
    tag = "Staff: search", security(("staffToken" = [])),
    responses((status = 200, description = "The queries.", body = RecentSearches)),
)]
#[get("/api/patient-messages/search/recent")]
pub(crate) async fn list_recent_searches(
    caller: StaffCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let found = state.run(move |store| search::list_recent(store, &caller.caller)).await?;
    let recent = found.iter().map(|one| RecentSearch {
        id: Id(one.id),
        query: one.query.expose().to_owned(),
        at: one.at.into(),
    });
    Ok(answer::ok(&RecentSearches { recent: recent.collect() }))
}
