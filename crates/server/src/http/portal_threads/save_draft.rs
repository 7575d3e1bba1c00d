//! `PUT /api/patient-portal/messages/threads/{id}/draft`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::Fields;
use crate::http::identity::PortalCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use actix_web::{HttpRequest, HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::access::Audience;
use threadwell_application::portal;
use threadwell_application::ports::Store;
use threadwell_domain::ThreadId;
use threadwell_domain::message::DraftText;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired];

/// Words that are not sent yet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PortalDraft {
    /// Up to 5,000 characters, kept as they are; none clear the draft.
    #[schema(max_length = 5000, example = "Thank you! One more ")]
    text: String,
}

/// Keeps what the caller has begun to write, for the caller's account alone, until it is sent or for 30 days. The last
/// one counts. No activity, unless X-Threadwell-Activity says so: it repeats by itself.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])), request_body = PortalDraft,
    responses((status = 204, description = "It is kept.")),
)]
#[put("/api/patient-portal/messages/threads/{id}/draft")]
pub(crate) async fn portal_save_draft(
    caller: PortalCaller,
    request: HttpRequest,
    id: PathId,
    body: Json<PortalDraft>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (caller, thread) = (caller.repeating(&request), ThreadId::new(id.0));
    let mut fields = Fields::default();
    let text = fields.check("/text", DraftText::parse(&body.value.text));
    let text = fields.finish(text)?;
    let save = move |store: &dyn Store| portal::save_draft(store, &caller.caller, thread, &text);
    state.run_for(Audience::Portal, save).await?;
    Ok(answer::no_content())
}
