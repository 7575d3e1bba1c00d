//! `GET /api/patient-messages/search/suggestions`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::query::Query;
use crate::http::state::State;
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use threadwell_application::search::{self, Suggestion, SuggestionKind};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub(crate) const PROBLEMS: &[Code] = &[];

/// What was typed so far.
#[derive(Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SuggestSearches {
    /// The query so far; empty for what was searched for before.
    #[serde(default)]
    #[validate(length(max = 200))]
    #[param(required = false, max_length = 200, example = "fro")]
    q: String,
}

/// What a suggestion adds.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = SuggestionKind)]
pub(crate) enum Kind {
    /// The name of a filter.
    Operator,
    /// A value of a filter.
    Value,
    /// A member of the staff or a team.
    Person,
    /// A patient.
    Patient,
    /// A word of the messages.
    Word,
    /// A query of before.
    Recent,
}

/// How the query may go on.
#[derive(Serialize, ToSchema)]
pub(crate) struct SearchSuggestion {
    kind: Kind,
    /// The whole query after taking it.
    #[schema(example = "from:")]
    query: String,
    #[schema(example = "from:")]
    label: String,
    /// More about it.
    #[schema(required, example = "RN")]
    detail: Option<String>,
}

impl From<&Suggestion> for SearchSuggestion {
    fn from(suggestion: &Suggestion) -> Self {
        Self {
            kind: match suggestion.kind {
                SuggestionKind::Operator => Kind::Operator,
                SuggestionKind::Value => Kind::Value,
                SuggestionKind::Person => Kind::Person,
                SuggestionKind::Patient => Kind::Patient,
                SuggestionKind::Word => Kind::Word,
                SuggestionKind::Recent => Kind::Recent,
            },
            query: suggestion.query.expose().to_owned(),
            label: suggestion.label.expose().to_owned(),
            detail: suggestion.detail.as_ref().map(|detail| detail.expose().to_owned()),
        }
    }
}

/// Up to ten ways to go on.
#[derive(Serialize, ToSchema)]
pub(crate) struct SearchSuggestions {
    suggestions: Vec<SearchSuggestion>,
}

/// Suggests how a query may go on.
#[utoipa::path(
    tag = "Staff: search", security(("staffToken" = [])), params(SuggestSearches),
    responses((status = 200, description = "Suggestions, best first.", body = SearchSuggestions)),
)]
#[get("/api/patient-messages/search/suggestions")]
pub(crate) async fn suggest_searches(
    caller: StaffCaller,
    Query(query): Query<SuggestSearches>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.limits.admit_search(caller.person())?;
    let found = state.run(move |store| search::suggest(store, &caller.caller, &query.q)).await?;
    let suggestions = found.iter().map(SearchSuggestion::from).collect();
    Ok(answer::ok(&SearchSuggestions { suggestions }))
}
