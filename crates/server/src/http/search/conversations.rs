//! `GET /api/patient-messages/search/conversations`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::cursor::Owner;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::query::Query;
use crate::http::state::State;
use crate::http::wire::{Pagination, StaffThread};
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use threadwell_application::ports::ConversationQuery;
use threadwell_application::search;
use threadwell_domain::search::{Query as Asked, Side};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub(crate) const PROBLEMS: &[Code] = &[Code::InvalidCursor];

const LIST: &str = "search-conversations";

/// What to search for.
#[derive(Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchConversations {
    /// The query of the search of messages.
    #[validate(length(max = 200))]
    #[param(max_length = 200, example = "silva status:open")]
    q: String,
    /// At most so many threads.
    #[serde(default = "default_limit")]
    #[validate(range(min = 1, max = 50))]
    #[param(required = false, minimum = 1, maximum = 50, default = 20)]
    limit: i64,
    /// `conversationsCursor` of the search of messages, or `nextCursor` of the page before.
    cursor: Option<String>,
}

const fn default_limit() -> i64 {
    20
}

/// Threads that are found by their subject or patient alone, those with the newest messages first.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundConversations {
    conversations: Vec<StaffThread>,
    /// A page may be shorter than its limit although there is more.
    pagination: Pagination,
}

/// Whose cursor of the threads that a query finds.
pub(crate) fn owner(caller: &StaffCaller, query: &str) -> Owner {
    Owner::staff(caller, LIST).of_query(query)
}

/// Goes on with the threads that the search of messages shows beside them.
#[utoipa::path(
    tag = "Staff: search", security(("staffToken" = [])), params(SearchConversations),
    responses((status = 200, description = "A page of threads.", body = FoundConversations)),
)]
#[get("/api/patient-messages/search/conversations")]
pub(crate) async fn search_conversations(
    caller: StaffCaller,
    Query(query): Query<SearchConversations>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.limits.admit_search(caller.person())?;
    let (owner, limit) = (owner(&caller, &query.q), query.limit);
    let after = query.cursor.as_deref().map(|text| state.cursors.thread(&owner, text)).transpose()?;
    let query = ConversationQuery { query: Asked::parse(&query.q, Side::Staff), limit, after };
    let page = state.run(move |store| search::search_conversations(store, &caller.caller, &query)).await?;
    let next_cursor = page.next.map(|place| state.cursors.after_thread(&owner, place));
    Ok(answer::ok(&FoundConversations {
        conversations: page.conversations.iter().map(StaffThread::from).collect(),
        pagination: Pagination { limit, has_more: next_cursor.is_some(), next_cursor },
    }))
}
