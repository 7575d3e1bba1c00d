//! `GET /api/admin/patients`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::cursor::Owner;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::query::Query;
use crate::http::state::State;
use crate::http::wire::{Pagination, Patient};
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use threadwell_application::admin::records;
use threadwell_application::ports::RecordQuery;
use threadwell_domain::{PatientId, Phi};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub(crate) const PROBLEMS: &[Code] = &[Code::InvalidCursor];

const LIST: &str = "patients";
const COMING_OF_AGE: &str = "patients coming of age";

/// Which patients.
#[derive(Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListPatients {
    /// The beginnings of names, a whole record number or a whole e-mail address.
    #[validate(length(min = 1, max = 200))]
    #[param(min_length = 1, max_length = 200, example = "silva")]
    search: Option<String>,
    /// Only those who come of age: who are so within sixty days or since a year at most, lose a guardian by it, and have no
    /// account of their own.
    #[serde(default)]
    #[param(required = false, default = false)]
    coming_of_age: bool,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    /// At most so many.
    #[serde(default = "default_limit")]
    #[validate(range(min = 1, max = 100))]
    #[param(required = false, minimum = 1, maximum = 100, default = 50)]
    limit: i64,
}

const fn default_limit() -> i64 {
    50
}

/// A page of patients.
#[derive(Serialize, ToSchema)]
pub(crate) struct PatientPage {
    patients: Vec<Patient>,
    pagination: Pagination,
}

/// Lists patients, newest record first.
#[utoipa::path(
    tag = "Administration: patients", security(("staffToken" = [])), params(ListPatients),
    responses((status = 200, description = "A page.", body = PatientPage)),
)]
#[get("/api/admin/patients")]
pub(crate) async fn list_patients(
    caller: StaffCaller,
    Query(query): Query<ListPatients>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let list = if query.coming_of_age { COMING_OF_AGE } else { LIST };
    let owner = Owner::staff(&caller, list).of_query(query.search.as_deref().unwrap_or_default());
    let after = query.cursor.as_deref().map(|text| state.cursors.row(&owner, text)).transpose()?;
    if query.search.is_some() {
        state.limits.admit_search(caller.person())?;
    }
    let limit = query.limit;
    let asked = RecordQuery {
        search: query.search.map(Phi::new),
        coming_of_age: None,
        after: after.map(PatientId::new),
        limit,
    };
    let only = query.coming_of_age;
    let (views, has_more) = state.run(move |store| records::list(store, &caller.caller, asked, only)).await?;
    let last = views.last().filter(|_| has_more);
    let next_cursor = last.map(|view| state.cursors.after_row(&owner, view.id.uuid()));
    let pagination = Pagination { limit, next_cursor, has_more };
    Ok(answer::ok(&PatientPage { patients: views.iter().map(Patient::from).collect(), pagination }))
}
