//! `PUT /api/patient-messages/threads/{id}/draft`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::Fields;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::DraftKind;
use actix_web::{HttpRequest, HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::threads;
use threadwell_domain::ThreadId;
use threadwell_domain::message::DraftText;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// Words that are not sent yet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StaffDraft {
    kind: DraftKind,
    /// Up to 5,000 characters, kept as they are; none clear the draft.
    #[schema(max_length = 5000, example = "Your refill has been ")]
    text: String,
}

/// Keeps what the caller has begun to write, for the caller alone, until it is sent or for 30 days. The last one counts.
/// No activity, unless X-Threadwell-Activity says so: it repeats by itself.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), request_body = StaffDraft,
    responses((status = 204, description = "It is kept.")),
)]
#[put("/api/patient-messages/threads/{id}/draft")]
pub(crate) async fn save_draft(
    caller: StaffCaller,
    request: HttpRequest,
    id: PathId,
    body: Json<StaffDraft>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (caller, thread, kind) = (caller.repeating(&request), ThreadId::new(id.0), body.value.kind.into());
    let mut fields = Fields::default();
    let text = fields.check("/text", DraftText::parse(&body.value.text));
    let text = fields.finish(text)?;
    state.run(move |store| threads::save_draft(store, &caller.caller, thread, kind, &text)).await?;
    Ok(answer::no_content())
}
