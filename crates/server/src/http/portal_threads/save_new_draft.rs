//! `PUT /api/patient-portal/messages/draft`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, present};
use crate::http::identity::PortalCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Category;
use actix_web::{HttpRequest, HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::access::Audience;
use threadwell_application::portal;
use threadwell_domain::message::{DraftSubject, DraftText, NewThreadDraft};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired];

/// A conversation that is not sent yet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewThreadDraftBody {
    /// Up to 200 characters on one line.
    #[serde(default)]
    #[schema(required = false, max_length = 200, example = "Refill of ")]
    subject: String,
    /// Left out until it is chosen.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    category: Option<Category>,
    /// Up to 5,000 characters, kept as they are; without subject and text there is no draft.
    #[schema(max_length = 5000, example = "Hello, I am almost ")]
    text: String,
    /// Whether it is to shut proxies out; for the patient itself alone.
    #[serde(default)]
    #[schema(required = false)]
    is_confidential: bool,
}

impl NewThreadDraftBody {
    fn parse(&self) -> ApiResult<NewThreadDraft> {
        let mut fields = Fields::default();
        let subject = fields.check("/subject", DraftSubject::parse(&self.subject));
        let text = fields.check("/text", DraftText::parse(&self.text));
        let (subject, text) = fields.finish(subject.zip(text))?;
        let category = self.category.map(Into::into);
        Ok(NewThreadDraft { subject, category, text, is_confidential: self.is_confidential })
    }
}

/// Keeps the conversation that the caller has begun, one for each patient, for the caller's account alone, until it is
/// sent or for 30 days. The last one counts. No activity, unless X-Threadwell-Activity says so: it repeats by itself.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])), request_body = NewThreadDraftBody,
    responses((status = 204, description = "It is kept.")),
)]
#[put("/api/patient-portal/messages/draft")]
pub(crate) async fn portal_save_new_draft(
    caller: PortalCaller,
    request: HttpRequest,
    body: Json<NewThreadDraftBody>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (caller, draft) = (caller.repeating(&request), body.value.parse()?);
    state
        .run_for(Audience::Portal, move |store| portal::save_new_draft(store, &caller.caller, &draft))
        .await?;
    Ok(answer::no_content())
}
