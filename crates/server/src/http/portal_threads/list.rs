//! `GET /api/patient-portal/messages/threads`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::cursor::Owner;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::query::{Query, comma_list};
use crate::http::state::State;
use crate::http::wire::{Category, Pagination, PortalThread, Status};
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use threadwell_application::access::Audience;
use threadwell_application::portal::{self, PortalThreads};
use threadwell_application::ports::{Keyset, PortalQuery};
use threadwell_domain::thread::CategorySet;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired, Code::InvalidCursor];

const LIST: &str = "conversations";

/// Which conversations to list.
#[derive(Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListConversations {
    /// One category or several, separated by commas.
    #[serde(default, deserialize_with = "comma_list")]
    #[param(value_type = Option<String>, example = "prescription")]
    category: Option<Vec<Category>>,
    /// One status or several, separated by commas.
    #[serde(default, deserialize_with = "comma_list")]
    #[param(value_type = Option<String>, example = "waiting-patient")]
    status: Option<Vec<Status>>,
    /// Only conversations with messages of the care team that the caller has not read.
    #[serde(default)]
    #[param(required = false)]
    unread_only: bool,
    /// Words that each begin a word of the subject.
    #[validate(length(max = 200))]
    #[param(max_length = 200, example = "refill")]
    search: Option<String>,
    /// At most so many conversations.
    #[serde(default = "default_limit")]
    #[validate(range(min = 1, max = 100))]
    #[param(required = false, minimum = 1, maximum = 100, default = 50)]
    limit: i64,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
}

const fn default_limit() -> i64 {
    50
}

impl ListConversations {
    fn parse(self, after: Option<Keyset>) -> PortalQuery {
        let categories = self.category.map(|list| list.into_iter().map(Into::into).collect::<Vec<_>>());
        PortalQuery {
            categories: categories.map(|list| CategorySet::of(&list)),
            statuses: self.status.unwrap_or_default().into_iter().map(Into::into).collect(),
            unread_only: self.unread_only,
            search: self.search.filter(|words| !words.trim().is_empty()),
            limit: self.limit,
            after,
        }
    }
}

/// A page of conversations, newest message first.
#[derive(Serialize, ToSchema)]
pub(crate) struct PortalThreadList {
    threads: Vec<PortalThread>,
    pagination: Pagination,
}

impl PortalThreadList {
    fn of(page: &PortalThreads, limit: i64, state: &State, owner: &Owner) -> Self {
        let last = page.threads.last().filter(|_| page.has_more);
        let place = last.map(|view| Keyset { at: view.facts.last_message.at, id: view.facts.id });
        let next_cursor = place.map(|place| state.cursors.after_thread(owner, place));
        let threads = page.threads.iter();
        Self {
            threads: threads
                .map(|view| PortalThread::of(view, view.facts.reopens_until(page.reopen_window)))
                .collect(),
            pagination: Pagination { limit, next_cursor, has_more: page.has_more },
        }
    }
}

/// Lists the conversations of the patient that the account acts for.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])), params(ListConversations),
    responses((status = 200, description = "A page of conversations.", body = PortalThreadList)),
)]
#[get("/api/patient-portal/messages/threads")]
pub(crate) async fn portal_list_threads(
    caller: PortalCaller,
    Query(query): Query<ListConversations>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (owner, limit) = (Owner::portal(&caller, LIST), query.limit);
    let after = query.cursor.as_deref().map(|text| state.cursors.thread(&owner, text)).transpose()?;
    let query = query.parse(after);
    if query.search.is_some() {
        state.limits.admit_search(caller.person())?;
    }
    let page = state
        .run_for(Audience::Portal, move |store| portal::list_threads(store, &caller.caller, &query))
        .await?;
    Ok(answer::ok(&PortalThreadList::of(&page, limit, &state, &owner)))
}
