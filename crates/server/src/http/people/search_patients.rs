//! `GET /api/patients`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::identity::StaffCaller;
use crate::http::query::Query;
use crate::http::state::State;
use crate::http::wire::PatientMatch;
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use threadwell_application::ports::Store;
use threadwell_application::{FieldProblem, people};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Whom to find.
#[derive(Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchPatients {
    /// Words that each begin a word of the patient's name, or a whole MRN.
    #[validate(length(min = 1, max = 200))]
    #[param(min_length = 1, max_length = 200, example = "silva")]
    search: String,
    /// At most so many patients.
    #[serde(default = "default_limit")]
    #[validate(range(min = 1, max = 50))]
    #[param(required = false, minimum = 1, maximum = 50, default = 20)]
    limit: i64,
}

const fn default_limit() -> i64 {
    20
}

/// Patients that the search found.
#[derive(Serialize, ToSchema)]
pub(crate) struct PatientList {
    patients: Vec<PatientMatch>,
}

/// Finds patients to write to.
#[utoipa::path(
    tag = "Staff: people", security(("staffToken" = [])), params(SearchPatients),
    responses((status = 200, description = "The patients.", body = PatientList)),
)]
#[get("/api/patients")]
pub(crate) async fn search_patients(
    caller: StaffCaller,
    Query(query): Query<SearchPatients>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    if query.search.trim().is_empty() {
        return Err(ApiError::field("search", FieldProblem::Empty));
    }
    let search =
        move |store: &dyn Store| people::search_patients(store, &caller.caller, &query.search, query.limit);
    let hits = state.run(search).await?;
    Ok(answer::ok(&PatientList { patients: hits.iter().map(PatientMatch::from).collect() }))
}
