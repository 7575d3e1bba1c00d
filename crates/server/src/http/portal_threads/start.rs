//! `POST /api/patient-portal/messages/threads`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, uploads};
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::PortalCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{Category, Id, ThreadCreated};
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::access::Audience;
use threadwell_application::portal::{self, StartPortalThread};
use threadwell_domain::message::MessageBody;
use threadwell_domain::thread::Subject;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired, Code::AttachmentNotFound, Code::TooManyFiles];

/// A conversation that the patient begins.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewPortalThread {
    /// 1 to 200 characters on one line.
    #[schema(min_length = 1, max_length = 200, example = "Refill of tretinoin")]
    subject: String,
    category: Category,
    /// 1 to 5,000 characters.
    #[schema(min_length = 1, max_length = 5000, example = "Hello, I am almost out of my tretinoin cream.")]
    message_text: String,
    /// Uploads of the author.
    #[serde(default)]
    #[schema(max_items = 20, example = json!([]))]
    attachment_ids: Vec<Id>,
    /// Shuts proxies out; for the patient itself alone.
    #[serde(default)]
    #[schema(required = false)]
    is_confidential: bool,
}

impl NewPortalThread {
    fn parse(self) -> ApiResult<StartPortalThread> {
        let mut fields = Fields::default();
        let subject = fields.check("/subject", Subject::parse(&self.subject));
        let body = fields.check("/messageText", MessageBody::parse(&self.message_text));
        let (subject, body) = fields.finish(subject.zip(body))?;
        let attachments = uploads(&self.attachment_ids);
        let category = self.category.into();
        let is_confidential = self.is_confidential;
        Ok(StartPortalThread { subject, category, body, is_confidential, attachments })
    }
}

/// Starts a conversation; where the practice has switched that on, an automatic reply follows at once.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])), params(IdempotencyHeader),
    request_body = NewPortalThread,
    responses((status = 201, description = "The conversation with its first message.", body = ThreadCreated)),
)]
#[post("/api/patient-portal/messages/threads")]
pub(crate) async fn portal_start_thread(
    caller: PortalCaller,
    key: IdempotencyHeader,
    body: Json<NewPortalThread>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.limits.admit_write(caller.person())?;
    let (key, new) = (key.with(body.fingerprint), body.value.parse()?);
    let receipt = state
        .run_for(Audience::Portal, move |store| {
            portal::start_thread(store, &caller.caller, &new, key.as_ref())
        })
        .await?;
    Ok(answer::created(&receipt, &ThreadCreated::of(&receipt)?))
}
