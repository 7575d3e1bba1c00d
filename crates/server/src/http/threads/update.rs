//! `PUT /api/patient-messages/threads/{id}`

use super::changed;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, nullable, present};
use crate::http::headers::IfMatch;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::{Category, Id, Priority, StaffThreadAnswer, Status};
use actix_web::{HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::ports::Store;
use threadwell_application::threads::{self, ThreadChanges};
use threadwell_domain::thread::{Assignee, Subject};
use threadwell_domain::{StaffId, TeamId, ThreadId};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] =
    &[Code::AssigneeNotFound, Code::IllegalTransition, Code::VersionMismatch];

/// The fields to change; at least one. The change applies wholly or not at all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ThreadChange {
    /// The person who is to answer; null takes any assignment away. Not together with `assignedTeam`.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Id>)]
    assigned_to: Option<Option<Id>>,
    /// The team that is to answer; null takes any assignment away.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Id>)]
    assigned_team: Option<Option<Id>>,
    /// Any status but `closed`, for which there is an address of its own.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    status: Option<Status>,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    priority: Option<Priority>,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    category: Option<Category>,
    /// 1 to 200 characters on one line.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "Refill of tretinoin 0.05 %")]
    subject: Option<String>,
    /// Whether proxies are shut out.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    is_confidential: Option<bool>,
}

impl ThreadChange {
    fn parse(self) -> ApiResult<ThreadChanges> {
        let mut fields = Fields::default();
        if self.is_empty() {
            fields.refuse("", FieldProblem::Required);
        }
        if self.assigned_to.is_some() && self.assigned_team.is_some() {
            fields.refuse("/assignedTeam", FieldProblem::Conflict);
        }
        let subject = self.subject.as_deref().and_then(|text| fields.check("/subject", Subject::parse(text)));
        let person = self.assigned_to.map(|id| id.map(|id| Assignee::Staff(StaffId::new(id.0))));
        let team = self.assigned_team.map(|id| id.map(|id| Assignee::Team(TeamId::new(id.0))));
        fields.finish(Some(ThreadChanges {
            assignee: person.or(team),
            status: self.status.map(Into::into),
            priority: self.priority.map(Into::into),
            category: self.category.map(Into::into),
            subject,
            is_confidential: self.is_confidential,
        }))
    }

    const fn is_empty(&self) -> bool {
        self.assigned_to.is_none()
            && self.assigned_team.is_none()
            && self.status.is_none()
            && self.priority.is_none()
            && self.category.is_none()
            && self.subject.is_none()
            && self.is_confidential.is_none()
    }
}

/// Assigns, sets status or priority, corrects subject or category, or marks confidential.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(IfMatch), request_body = ThreadChange,
    responses((
        status = 200, description = "The thread as it is now.", body = StaffThreadAnswer,
        headers(("ETag" = String, description = "The thread's new version.")),
    )),
)]
#[put("/api/patient-messages/threads/{id}")]
pub(crate) async fn update_thread(
    caller: StaffCaller,
    id: PathId,
    if_match: IfMatch,
    body: Json<ThreadChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (thread, changes) = (ThreadId::new(id.0), body.value.parse()?);
    let update = move |store: &dyn Store| {
        threads::update_thread(store, &caller.caller, thread, &changes, if_match.version)
    };
    Ok(changed(&state.run(update).await?))
}
