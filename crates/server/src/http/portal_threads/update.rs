//! `PUT /api/patient-portal/messages/threads/{id}`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::headers::IfMatch;
use crate::http::identity::PortalCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::PortalThread;
use actix_web::{HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::access::Audience;
use threadwell_application::portal;
use threadwell_application::ports::Store;
use threadwell_domain::ThreadId;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::ActingForRequired, Code::VersionMismatch];

/// What a patient decides about a conversation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PortalThreadChange {
    /// Whether proxies are shut out.
    #[schema(example = true)]
    is_confidential: bool,
}

/// Shuts proxies out of a conversation, or lets them in again: the patient alone decides.
#[utoipa::path(
    tag = "Portal: conversations", security(("portalToken" = [])), params(IfMatch), request_body = PortalThreadChange,
    responses((
        status = 200, description = "The conversation as it is now.", body = PortalThread,
        headers(("ETag" = String, description = "The conversation's version.")),
    )),
)]
#[put("/api/patient-portal/messages/threads/{id}")]
pub(crate) async fn portal_update_thread(
    caller: PortalCaller,
    id: PathId,
    if_match: IfMatch,
    body: Json<PortalThreadChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (id, is_confidential) = (ThreadId::new(id.0), body.value.is_confidential);
    let update = move |store: &dyn Store| {
        portal::set_confidential(store, &caller.caller, id, is_confidential, if_match.version)
    };
    let (view, reopens_until) = state.run_for(Audience::Portal, update).await?;
    Ok(answer::ok_at(view.facts.public_version, &PortalThread::of(&view, reopens_until)))
}
