//! `GET /api/patient-portal/messages/search`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::cursor::Owner;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::query::Query;
use crate::http::state::State;
use crate::http::wire::{FoundPortalMessage, Pagination, PortalThread, TextPart, UnderstoodQuery, parts};
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use threadwell_application::access::Audience;
use threadwell_application::ports::{PortalSearch, SearchQuery};
use threadwell_application::search;
use threadwell_domain::search::{Query as Asked, Side};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired, Code::InvalidCursor];

const LIST: &str = "portal search";

/// What to search for.
#[derive(Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchConversations {
    /// Words, `"phrases"`, `-exclusions` and filters: `from:me` `from:careteam` `category:` `before:` `after:`
    /// `has:attachment`.
    #[validate(length(max = 200))]
    #[param(max_length = 200, example = "refill from:careteam")]
    q: String,
    /// At most so many messages.
    #[serde(default = "default_limit")]
    #[validate(range(min = 1, max = 50))]
    #[param(required = false, minimum = 1, maximum = 50, default = 20)]
    limit: i64,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
}

const fn default_limit() -> i64 {
    20
}

/// A message that was found, in its conversation.
#[derive(Serialize, ToSchema)]
pub(crate) struct PortalHit {
    thread: PortalThread,
    message: FoundPortalMessage,
    /// The text around the first hit.
    snippet: Vec<TextPart>,
    /// The conversation's subject.
    subject: Vec<TextPart>,
}

/// A page of messages, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct PortalSearchResults {
    results: Vec<PortalHit>,
    /// A page may be shorter than its limit although there is more.
    pagination: Pagination,
    understood: UnderstoodQuery,
}

impl PortalSearchResults {
    fn of(search: &PortalSearch, limit: i64, state: &State, owner: &Owner) -> Self {
        let next_cursor = search.page.next.map(|place| state.cursors.before_message(owner, place));
        let hits = search.page.hits.iter().map(|(view, found)| PortalHit {
            thread: PortalThread::of(view, view.facts.reopens_until(search.reopen_window)),
            message: found.into(),
            snippet: parts(&found.snippet),
            subject: parts(&found.subject),
        });
        Self {
            results: hits.collect(),
            pagination: Pagination { limit, has_more: next_cursor.is_some(), next_cursor },
            understood: UnderstoodQuery::of(&search.page.understood, Side::Portal),
        }
    }
}

/// Searches the messages of the patient that the account acts for.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])), params(SearchConversations),
    responses((status = 200, description = "A page of messages.", body = PortalSearchResults)),
)]
#[get("/api/patient-portal/messages/search")]
pub(crate) async fn portal_search_messages(
    caller: PortalCaller,
    Query(query): Query<SearchConversations>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.limits.admit_search(caller.person())?;
    let (owner, limit) = (Owner::portal(&caller, LIST).of_query(&query.q), query.limit);
    let after = query.cursor.as_deref().map(|text| state.cursors.message(&owner, text)).transpose()?;
    let query = SearchQuery { query: Asked::parse(&query.q, Side::Portal), limit, after };
    let found = state
        .run_for(Audience::Portal, move |store| search::portal_search(store, &caller.caller, &query))
        .await?;
    Ok(answer::ok(&PortalSearchResults::of(&found, limit, &state, &owner)))
}
