//! `GET /api/patient-messages/threads/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::cursor::Owner;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::path::PathId;
use crate::http::query::{MessagePageQuery, Query};
use crate::http::state::State;
use crate::http::wire::{MessagePagination, StaffMessage, StaffThreadDetail};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::threads::{self, OpenedThread};
use threadwell_domain::ThreadId;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::InvalidCursor];

const LIST: &str = "messages";

/// A thread with a page of its messages, oldest first; the newest page comes without a cursor.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffThreadPage {
    thread: StaffThreadDetail,
    messages: Vec<StaffMessage>,
    pagination: MessagePagination,
}

impl StaffThreadPage {
    fn of(opened: &OpenedThread, limit: i64, state: &State, owner: &Owner) -> Self {
        Self {
            thread: (&opened.detail).into(),
            messages: opened.page.messages.iter().map(StaffMessage::from).collect(),
            pagination: MessagePagination::of(&opened.page, limit, &state.cursors, owner),
        }
    }
}

/// Reads a thread. Reading alone does not mark it read.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(MessagePageQuery),
    responses((
        status = 200, description = "The thread and its newest messages, others by cursor, or those around one.",
        body = StaffThreadPage, headers(("ETag" = String, description = "The thread's version.")),
    )),
)]
#[get("/api/patient-messages/threads/{id}")]
pub(crate) async fn read_thread(
    caller: StaffCaller,
    id: PathId,
    Query(query): Query<MessagePageQuery>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let thread = ThreadId::new(id.0);
    let owner = Owner::staff(&caller, LIST).of_thread(thread);
    let at = query.page(&state.cursors, &owner)?;
    let limit = query.limit;
    let opened =
        state.run(move |store| threads::read_thread(store, &caller.caller, thread, limit, at)).await?;
    let page = StaffThreadPage::of(&opened, limit, &state, &owner);
    Ok(answer::ok_at(opened.detail.view.facts.version, &page))
}
