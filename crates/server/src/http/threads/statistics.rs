//! `GET /api/patient-messages/statistics`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::{Count, LargeCount};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::{ports, threads};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// The numbers above the inbox: of threads that are not archived and that the caller's role sees.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Statistics {
    conversations: LargeCount,
    /// Messages of patients, in threads that are not closed, that nobody of the staff has read.
    unread_messages: Count,
    unique_patients: LargeCount,
    messages: LargeCount,
}

impl From<ports::Statistics> for Statistics {
    fn from(numbers: ports::Statistics) -> Self {
        Self {
            conversations: numbers.conversations.into(),
            unread_messages: numbers.unread_messages.into(),
            unique_patients: numbers.unique_patients.into(),
            messages: numbers.messages.into(),
        }
    }
}

/// Counts conversations, patients and messages.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The numbers.", body = Statistics)),
)]
#[get("/api/patient-messages/statistics")]
pub(crate) async fn read_statistics(caller: StaffCaller, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let numbers = state.run(move |store| threads::read_statistics(store, &caller.caller)).await?;
    Ok(answer::ok(&Statistics::from(numbers)))
}
