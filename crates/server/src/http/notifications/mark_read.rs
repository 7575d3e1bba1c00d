//! `POST /api/notifications/mark-read`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::fields::present;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Id;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::FieldProblem;
use threadwell_application::notifications;
use threadwell_domain::NotificationId;
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

const MOST_IDS: usize = 200;

/// What to mark read: some, or everything.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadNotifications {
    /// These; ids that are not the caller's change nothing. Not together with `all`.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_items = 1, max_items = 200)]
    ids: Option<Vec<Id>>,
    /// All of them, if true.
    #[serde(default)]
    #[schema(required = false)]
    all: bool,
}

impl ReadNotifications {
    fn parse(self) -> ApiResult<Option<Vec<NotificationId>>> {
        match (self.ids, self.all) {
            (None, true) => Ok(None),
            (None, false) => Err(ApiError::field("/ids", FieldProblem::Required)),
            (Some(_), true) => Err(ApiError::field("/all", FieldProblem::Conflict)),
            (Some(ids), false) => match ids.len() {
                0 => Err(ApiError::field("/ids", FieldProblem::Empty)),
                1..=MOST_IDS => Ok(Some(ids.into_iter().map(|id| NotificationId::new(id.0)).collect())),
                _ => Err(ApiError::field("/ids", FieldProblem::TooLong(MOST_IDS))),
            },
        }
    }
}

/// Marks notifications of the caller's own read.
#[utoipa::path(
    tag = "Staff: notifications", security(("staffToken" = [])), request_body = ReadNotifications,
    responses((status = 204, description = "Done.")),
)]
#[post("/api/notifications/mark-read")]
pub(crate) async fn read_notifications(
    caller: StaffCaller,
    body: Json<ReadNotifications>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let ids = body.value.parse()?;
    state.run(move |store| notifications::mark_read(store, &caller.caller, ids.as_deref())).await?;
    Ok(answer::no_content())
}
