//! `GET /api/canned-responses`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::query::Query;
use crate::http::state::State;
use crate::http::wire::{CannedResponse, Category};
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use threadwell_application::canned_responses;
use threadwell_application::ports::CannedFilter;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Which prepared answers to list.
#[derive(Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListCannedResponses {
    /// Only this category.
    category: Option<Category>,
    /// Only those whose title or text holds this, whatever the case.
    #[validate(length(max = 200))]
    #[param(max_length = 200, example = "refill")]
    search: Option<String>,
}

/// Prepared answers in use, by category and title.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CannedResponseList {
    canned_responses: Vec<CannedResponse>,
}

/// Lists prepared answers.
#[utoipa::path(
    tag = "Staff: canned responses", security(("staffToken" = [])), params(ListCannedResponses),
    responses((status = 200, description = "The prepared answers.", body = CannedResponseList)),
)]
#[get("/api/canned-responses")]
pub(crate) async fn list_canned_responses(
    caller: StaffCaller,
    Query(query): Query<ListCannedResponses>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let filter = CannedFilter { category: query.category.map(Into::into), search: query.search };
    let views = state.run(move |store| canned_responses::list(store, &caller.caller, &filter)).await?;
    Ok(answer::ok(&CannedResponseList { canned_responses: views.iter().map(CannedResponse::from).collect() }))
}
