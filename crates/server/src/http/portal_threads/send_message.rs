//! `POST /api/patient-portal/messages/threads/{id}/messages`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, present, uploads};
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::PortalCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::{Id, MessageSent};
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::access::Audience;
use threadwell_application::portal::{self, PortalMessage};
use threadwell_application::ports::Store;
use threadwell_domain::message::MessageBody;
use threadwell_domain::{MessageId, ThreadId};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] =
    &[Code::ActingForRequired, Code::StaleReply, Code::AttachmentNotFound, Code::TooManyFiles];

/// A message to the care team.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewPortalMessage {
    /// 1 to 5,000 characters.
    #[schema(min_length = 1, max_length = 5000, example = "Thank you!")]
    message_text: String,
    /// Uploads of the author.
    #[serde(default)]
    #[schema(max_items = 20, example = json!([]))]
    attachment_ids: Vec<Id>,
    /// The newest message that the author saw: the message is refused if one of somebody else is newer.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    last_seen_message_id: Option<Id>,
}

impl NewPortalMessage {
    fn parse(self) -> ApiResult<PortalMessage> {
        let mut fields = Fields::default();
        let body = fields.check("/messageText", MessageBody::parse(&self.message_text));
        let body = fields.finish(body)?;
        let attachments = uploads(&self.attachment_ids);
        let last_seen = self.last_seen_message_id.map(|id| MessageId::new(id.0));
        Ok(PortalMessage { body, last_seen, attachments })
    }
}

/// Sends a message. In a conversation closed too long ago it starts a new one, which the answer then names.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])), params(IdempotencyHeader),
    request_body = NewPortalMessage,
    responses((status = 201, description = "The message.", body = MessageSent)),
)]
#[post("/api/patient-portal/messages/threads/{id}/messages")]
pub(crate) async fn portal_send_message(
    caller: PortalCaller,
    id: PathId,
    key: IdempotencyHeader,
    body: Json<NewPortalMessage>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.limits.admit_write(caller.person())?;
    let (thread, key, message) = (ThreadId::new(id.0), key.with(body.fingerprint), body.value.parse()?);
    let send =
        move |store: &dyn Store| portal::send_message(store, &caller.caller, thread, &message, key.as_ref());
    let receipt = state.run_for(Audience::Portal, send).await?;
    Ok(answer::created(&receipt, &MessageSent::of(&receipt)?))
}
