//! A row of changes as it is read.

use crate::errors::corrupt;
use crate::sessions::{ACCOUNT, STAFF};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, SmallInt, Uuid as SqlUuid};
use threadwell_application::access::Audience;
use threadwell_application::ports::{About, Doer, FeedPage, FeedPlace, Published, SkippedChange};
use threadwell_application::{Error, Result};
use threadwell_domain::thread::{Category, CategorySet};
use threadwell_domain::{
    AccountId, ChangeKind, MessageId, NotificationId, PatientId, SessionId, StaffId, TenantId, ThreadId,
};
use uuid::Uuid;

/// The columns of a [`ChangeRow`]. Nothing binds a practice here: ids of all of them, for this role alone.
pub(super) const SELECT: &str = "SELECT xid::text::bigint, xid < pg_snapshot_xmin(pg_current_snapshot()), id, tenant_id, \
     kind, audience, thread_id, patient_id, message_id, notification_id, session_id, staff_id, actor_kind, actor_id, \
     category, categories, is_confidential, is_withdrawn FROM change";

pub(super) type ChangeColumns = (
    BigInt,
    Bool,
    SqlUuid,
    SqlUuid,
    SmallInt,
    SmallInt,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<SmallInt>,
    Nullable<SqlUuid>,
    Nullable<SmallInt>,
    SmallInt,
    Bool,
    Bool,
);

#[derive(Queryable)]
pub(super) struct ChangeRow {
    transaction: i64,
    /// Whether no transaction that could come before it still runs.
    pub(super) is_settled: bool,
    id: Uuid,
    tenant: Uuid,
    kind: i16,
    audience: i16,
    thread: Option<Uuid>,
    patient: Option<Uuid>,
    message: Option<Uuid>,
    notification: Option<Uuid>,
    session: Option<Uuid>,
    staff: Option<Uuid>,
    actor_kind: Option<i16>,
    actor: Option<Uuid>,
    category: Option<i16>,
    categories: i16,
    is_confidential: bool,
    is_withdrawn: bool,
}

impl ChangeRow {
    fn published(&self) -> Result<Published> {
        let audience = match self.audience {
            STAFF => Audience::Staff,
            ACCOUNT => Audience::Portal,
            _ => return Err(self.corrupt("audience")),
        };
        let SkippedChange { place, tenant } = self.skipped();
        let kind = ChangeKind::from_code(self.kind).ok_or_else(|| self.corrupt("kind"))?;
        Ok(Published {
            place,
            tenant,
            kind,
            audience,
            about: self.about(kind)?,
            only: self.staff.map(StaffId::new),
            by: self.doer()?,
        })
    }

    fn skipped(&self) -> SkippedChange {
        let place = FeedPlace { transaction: self.transaction.unsigned_abs(), id: self.id };
        SkippedChange { place, tenant: TenantId::new(self.tenant) }
    }

    fn about(&self, kind: ChangeKind) -> Result<About> {
        if kind == ChangeKind::Practice {
            return Ok(About::Practice);
        }
        if let Some(session) = self.session {
            return Ok(About::Session(SessionId::new(session)));
        }
        let thread = ThreadId::new(self.thread.ok_or_else(|| self.corrupt("thread_id"))?);
        if let Some(id) = self.notification {
            return Ok(About::Notification { id: NotificationId::new(id), thread });
        }
        let category = self.category.and_then(Category::from_code);
        Ok(About::Thread {
            thread,
            patient: PatientId::new(self.patient.ok_or_else(|| self.corrupt("patient_id"))?),
            message: self.message.map(MessageId::new),
            category: category.ok_or_else(|| self.corrupt("category"))?,
            categories: CategorySet::from_bits(self.categories).ok_or_else(|| self.corrupt("categories"))?,
            is_confidential: self.is_confidential,
            is_withdrawn: self.is_withdrawn,
        })
    }

    fn doer(&self) -> Result<Option<Doer>> {
        match (self.actor_kind, self.actor) {
            (None, None) => Ok(None),
            (Some(STAFF), Some(id)) => Ok(Some(Doer::Staff(StaffId::new(id)))),
            (Some(ACCOUNT), Some(id)) => Ok(Some(Doer::Account(AccountId::new(id)))),
            _ => Err(self.corrupt("actor_kind")),
        }
    }

    fn corrupt(&self, column: &'static str) -> Error {
        corrupt("change", column, self.id)
    }
}

/// Rows as a page. One that is not understood is named in the log and skipped: it must not keep back what comes after.
pub(super) fn page(rows: &[ChangeRow], has_more: bool) -> FeedPage {
    let mut page = FeedPage { has_more, ..FeedPage::default() };
    for row in rows {
        match row.published() {
            Ok(change) => page.changes.push(change),
            Err(error) => {
                tracing::error!(change = %row.id, %error, "a change is not understood and is skipped");
                page.skipped.push(row.skipped());
            }
        }
    }
    page
}
