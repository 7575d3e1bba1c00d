//! `GET /api/patient-portal/messages/threads/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::cursor::Owner;
use crate::http::error::ApiResult;
use crate::http::identity::PortalCaller;
use crate::http::path::PathId;
use crate::http::query::{MessagePageQuery, Query};
use crate::http::state::State;
use crate::http::wire::{Id, MessagePagination, PortalMessage, PortalThread};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::access::Audience;
use threadwell_application::portal::{self, OpenedPortalThread};
use threadwell_domain::{AccountId, ThreadId};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired, Code::InvalidCursor];

const LIST: &str = "conversation messages";

/// A conversation with a page of its messages, oldest first; the newest page comes without a cursor.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PortalThreadPage {
    thread: PortalThread,
    messages: Vec<PortalMessage>,
    pagination: MessagePagination,
    /// The newest message that the caller has read.
    #[schema(required)]
    own_last_read_message_id: Option<Id>,
}

impl PortalThreadPage {
    fn of(opened: &OpenedPortalThread, reader: AccountId, pagination: MessagePagination) -> Self {
        let messages = opened.page.messages.iter();
        Self {
            thread: PortalThread::of(&opened.view, opened.reopens_until),
            messages: messages.map(|message| PortalMessage::of(message, Some(reader))).collect(),
            pagination,
            own_last_read_message_id: opened.view.own_last_read.map(|id| Id(id.uuid())),
        }
    }
}

/// Reads a conversation. Reading alone does not mark it read.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])), params(MessagePageQuery),
    responses((
        status = 200, description = "The conversation and its newest messages, others by cursor, or those around one.",
        body = PortalThreadPage, headers(("ETag" = String, description = "The conversation's version.")),
    )),
)]
#[get("/api/patient-portal/messages/threads/{id}")]
pub(crate) async fn portal_read_thread(
    caller: PortalCaller,
    id: PathId,
    Query(query): Query<MessagePageQuery>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (thread, reader, limit) = (ThreadId::new(id.0), caller.claims.account, query.limit);
    let owner = Owner::portal(&caller, LIST).of_thread(thread);
    let at = query.page(&state.cursors, &owner)?;
    let opened = state
        .run_for(Audience::Portal, move |store| portal::read_thread(store, &caller.caller, thread, limit, at))
        .await?;
    let pagination = MessagePagination::of(&opened.page, limit, &state.cursors, &owner);
    let page = PortalThreadPage::of(&opened, reader, pagination);
    Ok(answer::ok_at(opened.view.facts.public_version, &page))
}
