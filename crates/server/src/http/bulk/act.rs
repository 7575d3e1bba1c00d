//! `POST /api/patient-messages/threads/bulk`

use super::answer::BulkResults;
use super::writes_of;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, nullable, present};
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{Id, Priority, Status};
use actix_web::{HttpResponse, post, web};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::collections::HashSet;
use threadwell_application::FieldProblem;
use threadwell_application::ports::Store;
use threadwell_application::threads::{self, BulkRequest, MOST_THREADS};
use threadwell_domain::thread::{Act, Assignee, CloseReason};
use threadwell_domain::{StaffId, TeamId, ThreadId};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// What can be done to many threads at once.
#[derive(Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "kebab-case")]
enum ActType {
    /// Say who is to answer; with `assignedTo` or `assignedTeam`, of which null takes the assignment away.
    Assign,
    /// Set the status by hand; with `status`.
    Status,
    /// Close; with `reason` or without.
    Close,
    /// Open closed threads again.
    Reopen,
    /// Put closed threads away.
    Archive,
    /// Fetch archived threads back.
    Unarchive,
    /// Say how soon they want an answer; with `priority`.
    Priority,
    /// Mark them read by oneself.
    MarkRead,
    /// Mark them unread for oneself.
    MarkUnread,
}

// Written out, because the derived one would also take an object with the word as its only member.
impl<'de> Deserialize<'de> for ActType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Cow::<str>::deserialize(deserializer)?.as_ref() {
            "assign" => Ok(Self::Assign),
            "status" => Ok(Self::Status),
            "close" => Ok(Self::Close),
            "reopen" => Ok(Self::Reopen),
            "archive" => Ok(Self::Archive),
            "unarchive" => Ok(Self::Unarchive),
            "priority" => Ok(Self::Priority),
            "mark-read" => Ok(Self::MarkRead),
            "mark-unread" => Ok(Self::MarkUnread),
            _ => Err(D::Error::custom("not one of the words")),
        }
    }
}

/// An act, with what its type needs and nothing else.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "type": "close", "reason": "Refill sent" }))]
pub(crate) struct ThreadAct {
    #[schema(example = "close")]
    r#type: ActType,
    /// The person who is to answer; null takes any assignment away.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Id>)]
    assigned_to: Option<Option<Id>>,
    /// The team that is to answer; null takes any assignment away.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Id>)]
    assigned_team: Option<Option<Id>>,
    /// Any status but `closed`, which is an act of its own.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    status: Option<Status>,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    priority: Option<Priority>,
    /// 1 to 500 characters, for staff.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 500, example = "Refill sent")]
    reason: Option<String>,
}

impl ThreadAct {
    /// The act, and the reason of a closing.
    fn parse(&self, fields: &mut Fields) -> Option<(Act, Option<CloseReason>)> {
        self.refuse_strangers(fields);
        let plain = |act| Some((act, None));
        match self.r#type {
            ActType::Assign => Some((Act::Assign(self.assignee(fields)?), None)),
            ActType::Status => needed(fields, "/action/status", self.status)
                .and_then(|status| plain(Act::SetStatus(status.into()))),
            ActType::Priority => needed(fields, "/action/priority", self.priority)
                .and_then(|priority| plain(Act::SetPriority(priority.into()))),
            ActType::Close => {
                let text = self.reason.as_deref();
                let reason = text.map(|text| fields.check("/action/reason", CloseReason::parse(text)));
                Some((Act::Close, reason.flatten()))
            }
            ActType::Reopen => plain(Act::Reopen),
            ActType::Archive => plain(Act::Archive),
            ActType::Unarchive => plain(Act::Unarchive),
            ActType::MarkRead => plain(Act::MarkRead),
            ActType::MarkUnread => plain(Act::MarkUnread),
        }
    }

    fn assignee(&self, fields: &mut Fields) -> Option<Option<Assignee>> {
        match (self.assigned_to, self.assigned_team) {
            (Some(person), None) => Some(person.map(|id| Assignee::Staff(StaffId::new(id.0)))),
            (None, Some(team)) => Some(team.map(|id| Assignee::Team(TeamId::new(id.0)))),
            (Some(_), Some(_)) => {
                fields.refuse("/action/assignedTeam", FieldProblem::Conflict);
                None
            }
            (None, None) => needed(fields, "/action/assignedTo", None),
        }
    }

    /// Refuses what belongs to another type of act.
    fn refuse_strangers(&self, fields: &mut Fields) {
        let given = [
            ("/action/assignedTo", self.assigned_to.is_some(), ActType::Assign),
            ("/action/assignedTeam", self.assigned_team.is_some(), ActType::Assign),
            ("/action/status", self.status.is_some(), ActType::Status),
            ("/action/priority", self.priority.is_some(), ActType::Priority),
            ("/action/reason", self.reason.is_some(), ActType::Close),
        ];
        for (pointer, is_given, of) in given {
            if is_given && of != self.r#type {
                fields.refuse(pointer, FieldProblem::Conflict);
            }
        }
    }
}

fn needed<T>(fields: &mut Fields, pointer: &str, value: Option<T>) -> Option<T> {
    if value.is_none() {
        fields.refuse(pointer, FieldProblem::Required);
    }
    value
}

/// An act and the threads that it is to be done to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BulkChange {
    /// 1 to 200 threads; one that is named again counts once.
    #[schema(min_items = 1, max_items = 200)]
    thread_ids: Vec<Id>,
    action: ThreadAct,
}

impl BulkChange {
    fn parse(self) -> ApiResult<BulkRequest> {
        let mut fields = Fields::default();
        match self.thread_ids.len() {
            0 => fields.refuse("/threadIds", FieldProblem::Empty),
            1..=MOST_THREADS => {}
            _ => fields.refuse("/threadIds", FieldProblem::TooLong(MOST_THREADS)),
        }
        let act = self.action.parse(&mut fields);
        let (act, reason) = fields.finish(act)?;
        let mut seen = HashSet::new();
        let threads = self.thread_ids.into_iter().map(|id| ThreadId::new(id.0));
        Ok(BulkRequest { threads: threads.filter(|id| seen.insert(*id)).collect(), act, reason })
    }
}

/// Does one act to many threads. Threads that the rules refuse are left alone, the others are done, all at one time.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(IdempotencyHeader), request_body = BulkChange,
    responses((status = 200, description = "What became of each thread.", body = BulkResults)),
)]
#[post("/api/patient-messages/threads/bulk")]
pub(crate) async fn act_on_threads(
    caller: StaffCaller,
    key: IdempotencyHeader,
    body: Json<BulkChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (key, request) = (key.with(body.fingerprint), body.value.parse()?);
    state.limits.admit_writes(caller.person(), writes_of(request.threads.len()))?;
    let act = move |store: &dyn Store| threads::act_on_threads(store, &caller.caller, &request, key.as_ref());
    let done = state.run(act).await?;
    Ok(answer::ok_again(done.is_replay, &BulkResults::from(&done)))
}
