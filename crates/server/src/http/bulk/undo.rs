//! `POST /api/patient-messages/threads/bulk/undo`

use super::answer::BulkResults;
use super::writes_of;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Id;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::ports::Store;
use threadwell_application::threads;
use threadwell_domain::BulkActId;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::NotFound];

/// Which act to take back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BulkUndo {
    /// As the act's answer gave it.
    undo_token: Id,
}

/// Takes an act of one's own back, once and within ten minutes. A thread that has moved on since is left alone.
#[utoipa::path(
    tag = "Staff: threads", security(("staffToken" = [])), params(IdempotencyHeader), request_body = BulkUndo,
    responses((status = 200, description = "What became of each thread.", body = BulkResults)),
)]
#[post("/api/patient-messages/threads/bulk/undo")]
pub(crate) async fn undo_bulk_act(
    caller: StaffCaller,
    key: IdempotencyHeader,
    body: Json<BulkUndo>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (key, act) = (key.with(body.fingerprint), BulkActId::new(body.value.undo_token.0));
    let person = caller.person();
    state.limits.admit_writes(person, 1)?;
    let undo = move |store: &dyn Store| threads::undo_bulk_act(store, &caller.caller, act, key.as_ref());
    let undone = state.run(undo).await?;
    state.limits.spend_writes(person, writes_of(undone.record.entries.len()).saturating_sub(1));
    Ok(answer::ok_again(undone.is_replay, &BulkResults::from(&undone)))
}
