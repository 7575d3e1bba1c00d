//! `GET /api/auto-replies`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::state::State;
use crate::http::wire::AutoReply;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use threadwell_application::ports::AutoReplyView;
use threadwell_application::practice;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// The automatic replies of all six categories.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AutoReplyList {
    auto_replies: Vec<AutoReply>,
}

impl AutoReplyList {
    pub(super) fn of(views: &[AutoReplyView]) -> Self {
        Self { auto_replies: views.iter().map(AutoReply::from).collect() }
    }
}

/// Reads the automatic replies.
#[utoipa::path(
    tag = "Staff: automatic replies", security(("staffToken" = [])), params(),
    responses((status = 200, description = "The automatic replies.", body = AutoReplyList)),
)]
#[get("/api/auto-replies")]
pub(crate) async fn read_auto_replies(
    caller: StaffCaller,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let views = state.run(move |store| practice::read_auto_replies(store, &caller.caller)).await?;
    Ok(answer::ok(&AutoReplyList::of(&views)))
}
