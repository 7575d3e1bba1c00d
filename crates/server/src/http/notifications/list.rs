//! `GET /api/notifications`

use crate::http::answer;
use crate::http::code::Code;
use crate::http::cursor::Owner;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::query::Query;
use crate::http::state::State;
use crate::http::wire::{Count, Id, Pagination, Timestamp, shown};
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use threadwell_application::notifications::{self, NotificationPage};
use threadwell_application::ports::{Keyset, NotificationKind, NotificationQuery, NotificationView};
use threadwell_domain::{NotificationId, ThreadId};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub(crate) const PROBLEMS: &[Code] = &[Code::InvalidCursor];

const LIST: &str = "notifications";

/// Which notifications to list.
#[derive(Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListNotifications {
    /// Only unread ones.
    #[serde(default)]
    #[param(required = false)]
    unread_only: bool,
    /// At most so many.
    #[serde(default = "default_limit")]
    #[validate(range(min = 1, max = 100))]
    #[param(required = false, minimum = 1, maximum = 100, default = 20)]
    limit: i64,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
}

const fn default_limit() -> i64 {
    20
}

/// Why somebody is told.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = NotificationKind)]
enum Kind {
    /// A note mentions them.
    Mention,
    /// A colleague gave them the thread.
    Assignment,
}

/// Word to the caller.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Notification {
    id: Id,
    kind: Kind,
    thread_id: Id,
    /// The note that mentions the caller.
    #[schema(required)]
    message_id: Option<Id>,
    #[schema(example = "Refill of tretinoin")]
    subject: String,
    #[schema(example = "Ana Silva")]
    patient_name: String,
    /// The colleague whose act it was.
    #[schema(example = "Maria Santos")]
    by_name: String,
    at: Timestamp,
    #[schema(required)]
    read_at: Option<Timestamp>,
}

impl From<&NotificationView> for Notification {
    fn from(view: &NotificationView) -> Self {
        Self {
            id: Id(view.id.uuid()),
            kind: match view.kind {
                NotificationKind::Mention => Kind::Mention,
                NotificationKind::Assignment => Kind::Assignment,
            },
            thread_id: Id(view.thread.uuid()),
            message_id: view.message.map(|id| Id(id.uuid())),
            subject: shown(&view.subject),
            patient_name: shown(&view.patient_name),
            by_name: view.by_name.clone(),
            at: view.at.into(),
            read_at: view.read_at.map(Timestamp),
        }
    }
}

/// A page of notifications, newest first, about threads that the caller still sees.
#[derive(Serialize, ToSchema)]
pub(crate) struct NotificationList {
    notifications: Vec<Notification>,
    pagination: Pagination,
    /// How many are unread in all.
    unread: Count,
}

impl NotificationList {
    fn of(page: &NotificationPage, limit: i64, state: &State, owner: &Owner) -> Self {
        let last = page.notifications.last().filter(|_| page.has_more);
        // A cursor is a time and an id, whatever the list.
        let place = last.map(|view| Keyset { at: view.at, id: ThreadId::new(view.id.uuid()) });
        let next_cursor = place.map(|place| state.cursors.after_thread(owner, place));
        Self {
            notifications: page.notifications.iter().map(Notification::from).collect(),
            pagination: Pagination { limit, next_cursor, has_more: page.has_more },
            unread: page.unread.into(),
        }
    }
}

/// Lists the caller's notifications.
#[utoipa::path(
    tag = "Staff: notifications", security(("staffToken" = [])), params(ListNotifications),
    responses((status = 200, description = "A page of notifications.", body = NotificationList)),
)]
#[get("/api/notifications")]
pub(crate) async fn list_notifications(
    caller: StaffCaller,
    Query(query): Query<ListNotifications>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (owner, limit) = (Owner::staff(&caller, LIST), query.limit);
    let place = query.cursor.as_deref().map(|text| state.cursors.thread(&owner, text)).transpose()?;
    let after = place.map(|place| (place.at, NotificationId::new(place.id.uuid())));
    let query = NotificationQuery { unread_only: query.unread_only, limit, after };
    let page = state.run(move |store| notifications::list(store, &caller.caller, &query)).await?;
    Ok(answer::ok(&NotificationList::of(&page, limit, &state, &owner)))
}
