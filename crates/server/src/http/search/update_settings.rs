//! `PUT /api/practice/search`

use super::read_settings::SearchSettings;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use actix_web::{HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::search;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired];

/// The settings as they are to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SearchSettingsChange {
    /// Off, the index is emptied, and subjects, names and record numbers alone are searched.
    #[schema(example = true)]
    body_search: bool,
}

/// Decides whether the texts of messages are searched.
#[utoipa::path(
    tag = "Staff: search", security(("staffToken" = [])), request_body = SearchSettingsChange,
    responses((status = 200, description = "The settings as they are now.", body = SearchSettings)),
)]
#[put("/api/practice/search")]
pub(crate) async fn update_search_settings(
    caller: StaffCaller,
    body: Json<SearchSettingsChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let is_on = body.value.body_search;
    let index = state.run(move |store| search::update_settings(store, &caller.caller, is_on)).await?;
    Ok(answer::ok(&SearchSettings::from(index)))
}
