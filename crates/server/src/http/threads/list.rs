//! `GET /api/patient-messages/threads`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::cursor::Owner;
use crate::http::error::{ApiError, ApiResult};
use crate::http::identity::StaffCaller;
use crate::http::query::{Query, comma_list};
use crate::http::state::State;
use crate::http::wire::{Category, Id, Pagination, Priority, StaffThread, Status};
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use threadwell_application::FieldProblem;
use threadwell_application::ports::{AssignedTo, InboxQuery, Keyset, StaffThreadView};
use threadwell_application::threads;
use threadwell_domain::thread::{CategorySet, Status as ThreadStatus};
use threadwell_domain::{PatientId, StaffId, TeamId};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub(crate) const PROBLEMS: &[Code] = &[Code::InvalidCursor];

const LIST: &str = "inbox";

/// Whose threads to list.
#[derive(Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListThreads {
    /// One category or several, separated by commas.
    #[serde(default, deserialize_with = "comma_list")]
    #[param(value_type = Option<String>, example = "medical,prescription")]
    category: Option<Vec<Category>>,
    /// One status or several, separated by commas.
    #[serde(default, deserialize_with = "comma_list")]
    #[param(value_type = Option<String>, example = "open,in-progress")]
    status: Option<Vec<Status>>,
    /// One priority or several, separated by commas.
    #[serde(default, deserialize_with = "comma_list")]
    #[param(value_type = Option<String>, example = "urgent")]
    priority: Option<Vec<Priority>>,
    /// A person's id, `me` or `none`.
    #[param(example = "me")]
    assigned_to: Option<String>,
    /// A team's id, or `mine` for any team of one's own.
    #[param(example = "mine")]
    assigned_team: Option<String>,
    /// Only threads that nobody of the staff has read.
    #[serde(default)]
    #[param(required = false)]
    unread_only: bool,
    /// Only threads that somebody of the staff has read.
    #[serde(default)]
    #[param(required = false)]
    read_only: bool,
    /// Only threads that are not closed.
    #[serde(default)]
    #[param(required = false)]
    open_only: bool,
    /// Archived threads instead of the others.
    #[serde(default)]
    #[param(required = false)]
    archived: bool,
    /// Only threads that have the caller's own star.
    #[serde(default)]
    #[param(required = false)]
    starred: bool,
    /// Only threads of this patient.
    patient_id: Option<Id>,
    /// Words that each begin a word of the patient's name or of the subject, or a whole MRN.
    #[validate(length(max = 200))]
    #[param(max_length = 200, example = "silva")]
    search: Option<String>,
    /// At most so many threads.
    #[serde(default = "default_limit")]
    #[validate(range(min = 1, max = 100))]
    #[param(required = false, minimum = 1, maximum = 100, default = 50)]
    limit: i64,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    /// Skips so many threads, for old clients; not together with `cursor`.
    #[serde(default)]
    #[validate(range(min = 0, max = 1000))]
    #[param(required = false, minimum = 0, maximum = 1000)]
    offset: i64,
}

const fn default_limit() -> i64 {
    50
}

impl ListThreads {
    fn parse(self, me: StaffId, after: Option<Keyset>) -> ApiResult<InboxQuery> {
        if self.unread_only && self.read_only {
            return Err(ApiError::field("readOnly", FieldProblem::Conflict));
        }
        if self.offset > 0 && after.is_some() {
            return Err(ApiError::field("offset", FieldProblem::Conflict));
        }
        Ok(InboxQuery {
            assigned_to: self.assignee(me)?,
            statuses: self.statuses(),
            categories: self
                .category
                .map(|list| CategorySet::of(&list.into_iter().map(Into::into).collect::<Vec<_>>())),
            priorities: self.priority.unwrap_or_default().into_iter().map(Into::into).collect(),
            unread: if self.unread_only { Some(true) } else { self.read_only.then_some(false) },
            archived: self.archived,
            starred: self.starred,
            patient: self.patient_id.map(|id| PatientId::new(id.0)),
            search: self.search.filter(|words| !words.trim().is_empty()),
            limit: self.limit,
            after,
            offset: self.offset,
        })
    }

    /// The statuses asked for; the closed one falls out where only open threads are wanted.
    fn statuses(&self) -> Vec<ThreadStatus> {
        let asked: Vec<ThreadStatus> = match &self.status {
            Some(list) => list.iter().map(|status| (*status).into()).collect(),
            None if self.open_only => ThreadStatus::ALL.to_vec(),
            None => Vec::new(),
        };
        asked.into_iter().filter(|status| !self.open_only || *status != ThreadStatus::Closed).collect()
    }

    fn assignee(&self, me: StaffId) -> ApiResult<Option<AssignedTo>> {
        let id = |text: &str, name: &str| {
            Id::parse(text).ok_or_else(|| ApiError::field(name, FieldProblem::Invalid))
        };
        match (self.assigned_to.as_deref(), self.assigned_team.as_deref()) {
            (None, None) => Ok(None),
            (Some(_), Some(_)) => Err(ApiError::field("assignedTeam", FieldProblem::Conflict)),
            (Some("me"), None) => Ok(Some(AssignedTo::Staff(me))),
            (Some("none"), None) => Ok(Some(AssignedTo::Nobody)),
            (Some(text), None) => Ok(Some(AssignedTo::Staff(StaffId::new(id(text, "assignedTo")?.0)))),
            (None, Some("mine")) => Ok(Some(AssignedTo::MyTeams)),
            (None, Some(text)) => Ok(Some(AssignedTo::Team(TeamId::new(id(text, "assignedTeam")?.0)))),
        }
    }
}

/// A page of the inbox, newest last message first.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffThreadList {
    threads: Vec<StaffThread>,
    pagination: Pagination,
}

impl StaffThreadList {
    fn of(views: &[StaffThreadView], has_more: bool, limit: i64, state: &State, owner: &Owner) -> Self {
        let last = views.last().filter(|_| has_more);
        let place = last.map(|view| Keyset { at: view.facts.last_message.at, id: view.facts.id });
        let next_cursor = place.map(|place| state.cursors.after_thread(owner, place));
        Self {
            threads: views.iter().map(StaffThread::from).collect(),
            pagination: Pagination { limit, next_cursor, has_more },
        }
    }
}

/// Lists threads that the caller's role sees.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(ListThreads),
    responses((status = 200, description = "A page of threads.", body = StaffThreadList)),
)]
#[get("/api/patient-messages/threads")]
pub(crate) async fn list_threads(
    caller: StaffCaller,
    Query(query): Query<ListThreads>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (owner, limit) = (Owner::staff(&caller, LIST), query.limit);
    let after = query.cursor.as_deref().map(|text| state.cursors.thread(&owner, text)).transpose()?;
    let query = query.parse(caller.claims.staff, after)?;
    if query.search.is_some() {
        state.limits.admit_search(caller.person())?;
    }
    let (views, more) = state.run(move |store| threads::list_threads(store, &caller.caller, &query)).await?;
    Ok(answer::ok(&StaffThreadList::of(&views, more, limit, &state, &owner)))
}
