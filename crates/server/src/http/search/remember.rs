//! `POST /api/patient-messages/search/recent`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::search;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// A query to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRecentSearch {
    /// Up to 200 characters.
    #[schema(min_length = 1, max_length = 200, example = "rash from:patient")]
    query: String,
}

/// Keeps a query, for the caller alone; the same text moves up.
#[utoipa::path(
    tag = "Staff: search", security(("staffToken" = [])), request_body = NewRecentSearch,
    responses((status = 204, description = "It is kept.")),
)]
#[post("/api/patient-messages/search/recent")]
pub(crate) async fn remember_search(
    caller: StaffCaller,
    body: Json<NewRecentSearch>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.limits.admit_search(caller.person())?;
    state.run(move |store| search::remember_search(store, &caller.caller, &body.value.query)).await?;
    Ok(answer::no_content())
}
