//! `GET /api/patient-messages/inbox-counts`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::Count;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::ports;
use threadwell_application::threads;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// The numbers beside the inbox's views. Closed and archived threads do not count.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InboxCounts {
    open: Count,
    mine: Count,
    my_teams: Count,
    unassigned: Count,
    urgent: Count,
    /// Open or in progress.
    needs_reply: Count,
    waiting_provider: Count,
    waiting_patient: Count,
    unread: Count,
}

impl From<ports::InboxCounts> for InboxCounts {
    fn from(counts: ports::InboxCounts) -> Self {
        Self {
            open: counts.open.into(),
            mine: counts.mine.into(),
            my_teams: counts.my_teams.into(),
            unassigned: counts.unassigned.into(),
            urgent: counts.urgent.into(),
            needs_reply: counts.needs_reply.into(),
            waiting_provider: counts.waiting_provider.into(),
            waiting_patient: counts.waiting_patient.into(),
            unread: counts.unread.into(),
        }
    }
}

/// Counts the threads of every view of the inbox.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The counts.", body = InboxCounts)),
)]
#[get("/api/patient-messages/inbox-counts")]
pub(crate) async fn count_inbox(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let counts = state.run(move |store| threads::count_inbox(store, &caller.caller)).await?;
    Ok(answer::ok(&InboxCounts::from(counts)))
}
