//! `GET /api/practice/search`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::ports::IndexState as Index;
use threadwell_application::search;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// How far the index is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum IndexPhase {
    /// The practice does without; what there was is emptied.
    Off,
    /// Earlier messages are being added; new ones are found already.
    Building,
    /// Every message is found.
    Ready,
}

/// The state of the index.
#[derive(Serialize, ToSchema)]
pub(crate) struct IndexState {
    state: IndexPhase,
    /// Messages that the last rebuild has been at.
    #[schema(example = 1200)]
    indexed: i64,
}

/// Whether the texts of messages are searched.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SearchSettings {
    body_search: bool,
    index: IndexState,
}

impl From<Index> for SearchSettings {
    fn from(index: Index) -> Self {
        let state = match (index.is_on, index.is_complete) {
            (false, _) => IndexPhase::Off,
            (true, false) => IndexPhase::Building,
            (true, true) => IndexPhase::Ready,
        };
        Self { body_search: index.is_on, index: IndexState { state, indexed: index.messages } }
    }
}

/// Reads whether the texts of messages are searched, and how far the index is.
#[utoipa::path(
    tag = "Staff: search", security(("staffToken" = [])),
    responses((status = 200, description = "The settings.", body = SearchSettings)),
)]
#[get("/api/practice/search")]
pub(crate) async fn read_search_settings(
    caller: StaffCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let index = state.run(move |store| search::read_settings(store, &caller.caller)).await?;
    Ok(answer::ok(&SearchSettings::from(index)))
}
