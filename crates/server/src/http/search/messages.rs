//! `GET /api/patient-messages/search`

use super::conversations;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::cursor::Owner;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::query::Query;
use crate::http::state::State;
use crate::http::wire::{FoundStaffMessage, Pagination, StaffThread, TextPart, UnderstoodQuery, parts};
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use threadwell_application::ports::{FoundMessage, SearchPage, SearchQuery, StaffThreadView};
use threadwell_application::search;
use threadwell_domain::search::{Query as Asked, Side};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub(crate) const PROBLEMS: &[Code] = &[Code::InvalidCursor];

const LIST: &str = "search";

/// What to search for.
#[derive(Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchMessages {
    /// Words, `"phrases"`, `-exclusions` and filters: `from:` `category:` `status:` `assigned:` `before:` `after:`
    /// `has:attachment` `is:unread` `is:archived` `in:notes` `in:messages`.
    #[validate(length(max = 200))]
    #[param(max_length = 200, example = "rash from:patient after:2026-01-01")]
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

/// A message that was found, in its thread.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffHit {
    thread: StaffThread,
    message: FoundStaffMessage,
    /// The text around the first hit.
    snippet: Vec<TextPart>,
    /// The thread's subject.
    subject: Vec<TextPart>,
}

impl StaffHit {
    fn of((view, found): &(StaffThreadView, FoundMessage)) -> Self {
        Self {
            thread: view.into(),
            message: found.into(),
            snippet: parts(&found.snippet),
            subject: parts(&found.subject),
        }
    }
}

/// A page of messages, newest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffSearchResults {
    results: Vec<StaffHit>,
    /// On the first page, up to five threads that are found by their subject or patient alone.
    conversations: Vec<StaffThread>,
    /// Whether there are further such threads.
    has_more_conversations: bool,
    /// Give it as `cursor` to `GET /api/patient-messages/search/conversations` to go on with them; null at the end.
    #[schema(required, example = "AAZhfPopLfC2eHzpbfJ0eLwAGJx6qYkAAkq3Jb0RqAqZhfPopLfC2eA")]
    conversations_cursor: Option<String>,
    /// A page may be shorter than its limit although there is more.
    pagination: Pagination,
    understood: UnderstoodQuery,
    /// Whether the practice has the texts of messages searched.
    body_search: bool,
    /// Where nothing was found: the query with words or names that are spelt alike.
    #[schema(example = "okafor rash")]
    did_you_mean: Option<String>,
}

impl StaffSearchResults {
    fn of(
        page: &SearchPage<StaffThreadView>,
        limit: i64,
        state: &State,
        (owner, beside): (&Owner, &Owner),
    ) -> Self {
        let conversations_cursor = page.beside.next.map(|place| state.cursors.after_thread(beside, place));
        let next_cursor = page.next.map(|place| state.cursors.before_message(owner, place));
        Self {
            results: page.hits.iter().map(StaffHit::of).collect(),
            conversations: page.beside.conversations.iter().map(StaffThread::from).collect(),
            has_more_conversations: conversations_cursor.is_some(),
            conversations_cursor,
            pagination: Pagination { limit, has_more: next_cursor.is_some(), next_cursor },
            understood: UnderstoodQuery::of(&page.understood, Side::Staff),
            body_search: page.is_body_searched,
            did_you_mean: page.respelt.as_ref().map(|query| query.expose().to_owned()),
        }
    }
}

/// Searches messages and notes that the caller's role sees.
#[utoipa::path(
    tag = "Staff: search", security(("staffToken" = [])), params(SearchMessages),
    responses((status = 200, description = "A page of messages.", body = StaffSearchResults)),
)]
#[get("/api/patient-messages/search")]
pub(crate) async fn search_messages(
    caller: StaffCaller,
    Query(query): Query<SearchMessages>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.limits.admit_search(caller.person())?;
    let (owner, limit) = (Owner::staff(&caller, LIST).of_query(&query.q), query.limit);
    let beside = conversations::owner(&caller, &query.q);
    let after = query.cursor.as_deref().map(|text| state.cursors.message(&owner, text)).transpose()?;
    let query = SearchQuery { query: Asked::parse(&query.q, Side::Staff), limit, after };
    let page = state.run(move |store| search::search_messages(store, &caller.caller, &query)).await?;
    Ok(answer::ok(&StaffSearchResults::of(&page, limit, &state, (&owner, &beside))))
}
