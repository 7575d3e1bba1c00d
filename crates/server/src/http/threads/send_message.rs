//! `POST /api/patient-messages/threads/{id}/messages`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, present, uploads};
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::{Afterwards, Id, MessageSent};
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::ports::Store;
use threadwell_application::threads::{self, OutgoingMessage};
use threadwell_domain::message::MessageBody;
use threadwell_domain::{MessageId, StaffId, ThreadId};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[
    Code::IllegalTransition,
    Code::StaleReply,
    Code::AttachmentNotFound,
    Code::TooManyFiles,
    Code::AssigneeNotFound,
    Code::UnfilledPlaceholder,
];

const MOST_MENTIONS: usize = 20;

/// A reply to the patient, or a note that the patient never sees.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewStaffMessage {
    /// 1 to 5,000 characters.
    #[schema(min_length = 1, max_length = 5000, example = "Your refill has been sent to your pharmacy.")]
    message_text: String,
    /// Whether only staff see it.
    #[serde(default)]
    #[schema(required = false)]
    is_internal_note: bool,
    /// Uploads of the author.
    #[serde(default)]
    #[schema(max_items = 20, example = json!([]))]
    attachment_ids: Vec<Id>,
    /// The newest message that the author saw: a reply is refused if a public one of somebody else is newer.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    last_seen_message_id: Option<Id>,
    /// Colleagues that a note mentions.
    #[serde(default)]
    #[schema(max_items = 20, example = json!([]))]
    mentions: Vec<Id>,
    /// What follows a reply, whole or not at all with it: `close`, or `wait-for-provider`, which asks a provider.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    then: Option<Afterwards>,
}

impl NewStaffMessage {
    fn parse(self) -> ApiResult<OutgoingMessage> {
        let mut fields = Fields::default();
        let body = fields.check("/messageText", MessageBody::parse(&self.message_text));
        if self.mentions.len() > MOST_MENTIONS {
            fields.refuse("/mentions", FieldProblem::TooLong(MOST_MENTIONS));
        }
        let body = fields.finish(body)?;
        let attachments = uploads(&self.attachment_ids);
        Ok(OutgoingMessage {
            body,
            is_internal: self.is_internal_note,
            last_seen: self.last_seen_message_id.map(|id| MessageId::new(id.0)),
            mentions: self.mentions.into_iter().map(|id| StaffId::new(id.0)).collect(),
            attachments,
            then: self.then.map(Into::into),
        })
    }
}

/// Sends a reply to the patient, or writes an internal note.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(IdempotencyHeader), request_body = NewStaffMessage,
    responses((status = 201, description = "The message.", body = MessageSent)),
)]
#[post("/api/patient-messages/threads/{id}/messages")]
pub(crate) async fn send_message(
    caller: StaffCaller,
    id: PathId,
    key: IdempotencyHeader,
    body: Json<NewStaffMessage>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.limits.admit_write(caller.person())?;
    let (thread, key, message) = (ThreadId::new(id.0), key.with(body.fingerprint), body.value.parse()?);
    let send =
        move |store: &dyn Store| threads::send_message(store, &caller.caller, thread, &message, key.as_ref());
    let receipt = state.run(send).await?;
    Ok(answer::created(&receipt, &MessageSent::of(&receipt)?))
}
