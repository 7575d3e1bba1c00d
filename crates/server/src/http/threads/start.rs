//! `POST /api/patient-messages/threads`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, present, uploads};
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::{Category, Id, Priority, ThreadCreated};
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::threads::{self, StartThread};
use threadwell_domain::PatientId;
use threadwell_domain::message::MessageBody;
use threadwell_domain::thread::Subject;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] =
    &[Code::PatientNotFound, Code::AttachmentNotFound, Code::TooManyFiles, Code::UnfilledPlaceholder];

/// A conversation that staff begin.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewStaffThread {
    /// To whom.
    patient_id: Id,
    /// 1 to 200 characters on one line.
    #[schema(min_length = 1, max_length = 200, example = "Your test results")]
    subject: String,
    category: Category,
    /// `normal` unless said.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    priority: Option<Priority>,
    /// 1 to 5,000 characters.
    #[schema(min_length = 1, max_length = 5000, example = "Your results are in and look fine.")]
    message_text: String,
    /// Uploads of the author.
    #[serde(default)]
    #[schema(max_items = 20, example = json!([]))]
    attachment_ids: Vec<Id>,
}

impl NewStaffThread {
    fn parse(self) -> ApiResult<StartThread> {
        let mut fields = Fields::default();
        let subject = fields.check("/subject", Subject::parse(&self.subject));
        let body = fields.check("/messageText", MessageBody::parse(&self.message_text));
        let (subject, body) = fields.finish(subject.zip(body))?;
        let attachments = uploads(&self.attachment_ids);
        Ok(StartThread {
            patient: PatientId::new(self.patient_id.0),
            subject,
            category: self.category.into(),
            priority: self.priority.map(Into::into),
            body,
            is_confidential: false,
            attachments,
        })
    }
}

/// Starts a thread that waits for the patient and is assigned to its author.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(IdempotencyHeader), request_body = NewStaffThread,
    responses((status = 201, description = "The thread with its first message.", body = ThreadCreated)),
)]
#[post("/api/patient-messages/threads")]
pub(crate) async fn start_thread(
    caller: StaffCaller,
    key: IdempotencyHeader,
    body: Json<NewStaffThread>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.limits.admit_write(caller.person())?;
    let (key, new) = (key.with(body.fingerprint), body.value.parse()?);
    let receipt =
        state.run(move |store| threads::start_thread(store, &caller.caller, &new, key.as_ref())).await?;
    Ok(answer::created(&receipt, &ThreadCreated::of(&receipt)?))
}
