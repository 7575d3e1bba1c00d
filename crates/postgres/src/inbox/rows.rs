//! A row of the inbox, with the names beside it.

use crate::keys::TenantKeys;
use crate::sql::Statement;
use crate::thread_row::{ThreadColumns, ThreadRow};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Bytea, Integer, Nullable, Text};
use threadwell_application::Result;
use threadwell_application::ports::StaffThreadView;
use uuid::Uuid;

/// The columns that follow the thread's facts, but for the count of unread messages.
pub(super) const TEXT_COLUMNS: &str = ", t.subject_enc, t.preview_enc, t.close_reason_enc, p.name_enc, p.mrn_enc, \
    u.full_name, g.name, c.is_marked_unread, c.starred_at IS NOT NULL, ";

/// The SQL types of a row.
pub(super) type InboxColumns = (
    ThreadColumns,
    Bytea,
    Bytea,
    Nullable<Bytea>,
    Bytea,
    Bytea,
    Nullable<Text>,
    Nullable<Text>,
    Nullable<Bool>,
    Bool,
    Integer,
);

/// A row as stored.
#[derive(Queryable)]
pub(super) struct InboxRow {
    thread: ThreadRow,
    subject_enc: Vec<u8>,
    preview_enc: Vec<u8>,
    close_reason_enc: Option<Vec<u8>>,
    patient_name_enc: Vec<u8>,
    patient_mrn_enc: Vec<u8>,
    staff_name: Option<String>,
    team_name: Option<String>,
    is_marked_unread: Option<bool>,
    is_starred: bool,
    unread_count: i32,
}

/// Counts the patient's messages behind the reader's cursor, at most a hundred, where there can be any.
pub(super) fn unread_column<Row>(query: Statement<Row>, tenant: Uuid) -> Statement<Row> {
    query
        .sql(
            "CASE WHEN t.last_patient_seq > COALESCE(c.seq, 0) THEN (SELECT count(*)::integer FROM \
             (SELECT FROM message m WHERE m.tenant_id = ",
        )
        .uuid(tenant)
        .sql(
            " AND m.thread_id = t.id AND m.seq > COALESCE(c.seq, 0) AND m.sender_kind = 0 LIMIT 100) n) \
             ELSE 0 END",
        )
}

/// The names beside a thread, and the reader's cursor.
pub(super) fn joins<Row>(query: Statement<Row>, tenant: Uuid, reader: Uuid) -> Statement<Row> {
    query
        .sql(" JOIN patient p ON p.tenant_id = ")
        .uuid(tenant)
        .sql(" AND p.id = t.patient_id LEFT JOIN staff_user u ON u.tenant_id = ")
        .uuid(tenant)
        .sql(" AND u.id = t.assigned_staff_id LEFT JOIN team g ON g.tenant_id = ")
        .uuid(tenant)
        .sql(" AND g.id = t.assigned_team_id LEFT JOIN read_cursor c ON c.tenant_id = ")
        .uuid(tenant)
        .sql(" AND c.thread_id = t.id AND c.reader_kind = 0 AND c.reader_id = ")
        .uuid(reader)
}

impl InboxRow {
    /// The row in clear.
    pub(super) fn view(self, keys: &TenantKeys) -> Result<StaffThreadView> {
        let (id, patient) = (self.thread.id, self.thread.patient_id);
        let marked = i32::from(self.is_marked_unread.unwrap_or(false));
        Ok(StaffThreadView {
            facts: self.thread.facts()?,
            subject: keys.open("thread", "subject_enc", id, &self.subject_enc),
            preview: keys.open("thread", "preview_enc", id, &self.preview_enc),
            patient_name: keys.open("patient", "name_enc", patient, &self.patient_name_enc),
            patient_mrn: keys.open("patient", "mrn_enc", patient, &self.patient_mrn_enc),
            assignee_name: self.staff_name.or(self.team_name),
            close_reason: self
                .close_reason_enc
                .map(|sealed| keys.open("thread", "close_reason_enc", id, &sealed)),
            unread_count: self.unread_count.max(marked),
            is_starred: self.is_starred,
        })
    }
}
