//! One thread with everything that stands beside it.

use super::filter::InboxFilter;
use super::rows::{InboxColumns, InboxRow};
use crate::errors::{corrupt, unavailable};
use crate::keys::TenantKeys;
use crate::read_cursors::{ACCOUNT_READER, STAFF_READER};
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Bytea, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use threadwell_application::Result;
use threadwell_application::ports::{
    LatestReader, Links, PatientPanel, ProxyView, Readable, StaffReader, StaffThreadDetail, StaffThreadView,
};
use threadwell_domain::access::Relationship;
use threadwell_domain::{MessageId, Moment, PatientId, StaffId, ThreadId};
use uuid::Uuid;

/// How many earlier threads of the patient are shown.
const EARLIER: i64 = 5;
/// Of how many colleagues it is shown how far they have read.
const COLLEAGUES: i64 = 10;

/// The columns of the patient that the panel shows beside what a row of the inbox has.
const PANEL_COLUMNS: &str = ", p.birth_date_enc, p.phone_enc, p.email_enc, p.language";
type PanelColumns = (Nullable<Bytea>, Nullable<Bytea>, Nullable<Bytea>, Text);

#[derive(Queryable)]
struct PanelRow {
    birth_date_enc: Option<Vec<u8>>,
    phone_enc: Option<Vec<u8>>,
    email_enc: Option<Vec<u8>>,
    language: String,
}

type ReaderColumns = (
    SmallInt,
    Nullable<SqlUuid>,
    Nullable<Bytea>,
    Nullable<Bool>,
    Nullable<SmallInt>,
    Nullable<Timestamptz>,
    Nullable<Timestamptz>,
    Nullable<SqlUuid>,
);

/// How far somebody has read: the staff member who asks, or somebody who reads for the patient.
#[derive(Queryable)]
struct CursorRow {
    kind: i16,
    account: Option<Uuid>,
    name_enc: Option<Vec<u8>>,
    is_active: Option<bool>,
    relationship: Option<i16>,
    expires_at: Option<Moment>,
    read_at: Option<Moment>,
    last_read: Option<Uuid>,
}

/// Somebody who reads for the patient.
struct ReaderRow {
    account: Uuid,
    name_enc: Vec<u8>,
    is_active: bool,
    relationship: i16,
    expires_at: Option<Moment>,
    read_at: Option<Moment>,
    last_read: Option<Uuid>,
}

impl PgTransaction<'_> {
    /// Everything that staff see of one thread, if their role sees the thread.
    pub(super) fn thread_detail(&mut self, id: ThreadId) -> Result<Option<StaffThreadDetail>> {
        let (_, reader) = self.reader()?;
        let Some(all) = InboxFilter::of_reader(reader, self.visible_categories()) else { return Ok(None) };
        let only = InboxFilter { only: Some(id.uuid()), ..all.clone() };
        let Some((view, panel)) = self.load_with_panel(&only)? else { return Ok(None) };
        let patient = view.facts.patient;
        self.thread_was_touched(id, patient);
        let others = InboxFilter {
            patient: Some(patient.uuid()),
            except: Some(id.uuid()),
            counts_unread: false,
            ..all
        };
        let earlier = self.load_page(&others, EARLIER)?;
        earlier.iter().for_each(|other| self.view_was_shown(other));
        let (own_last_read, readers) = self.cursors_of(patient, id, reader)?;
        let keys = self.keys()?;
        Ok(Some(StaffThreadDetail {
            patient: self.panel(&view, panel, &readers, &keys)?,
            earlier,
            own_last_read,
            staff_seen: self.colleagues_of(id, reader)?,
            patient_seen: readers.iter().filter_map(|row| row.latest(&keys)).collect(),
            links: Links::of(self, id)?,
            view,
        }))
    }

    /// The row of one thread, with what else the panel shows of its patient.
    fn load_with_panel(&mut self, only: &InboxFilter) -> Result<Option<(StaffThreadView, PanelRow)>> {
        let keys = self.keys()?;
        let query: Statement<(InboxColumns, PanelColumns)> = self.page_statement(only, 1, PANEL_COLUMNS);
        let found: Option<(InboxRow, PanelRow)> =
            query.get_result(self.conn).optional().map_err(unavailable)?;
        let Some((row, panel)) = found else { return Ok(None) };
        let mut view = row.view(&keys)?;
        self.forget_unseen_origins(std::iter::once(&mut view.facts))?;
        self.note_unreadable(&view);
        Ok(Some((view, panel)))
    }

    fn panel(
        &self,
        view: &StaffThreadView,
        row: PanelRow,
        readers: &[ReaderRow],
        keys: &TenantKeys,
    ) -> Result<PatientPanel> {
        let id = view.facts.patient;
        let open = |column: &str, sealed: Option<Vec<u8>>| {
            sealed.map(|sealed| keys.open("patient", column, id.uuid(), &sealed))
        };
        let now = self.now;
        let holds = |row: &&ReaderRow| row.is_active && row.expires_at.is_none_or(|end| now < end);
        let holding: Vec<&ReaderRow> = readers.iter().filter(holds).collect();
        let is_own = |row: &&&ReaderRow| row.relationship == Relationship::Myself.code();
        Ok(PatientPanel {
            id,
            full_name: view.patient_name.clone(),
            mrn: view.patient_mrn.clone(),
            birth_date: open("birth_date_enc", row.birth_date_enc),
            phone: open("phone_enc", row.phone_enc),
            email: open("email_enc", row.email_enc),
            language: row.language,
            has_own_account: holding.iter().any(|row| is_own(&row)),
            proxies: holding
                .iter()
                .filter(|row| !is_own(row))
                .map(|row| row.proxy(keys))
                .collect::<Result<_>>()?,
        })
    }

    /// The newest message that the staff member has read, and everybody who reads or once read for the patient, with
    /// how far in this thread.
    fn cursors_of(
        &mut self,
        patient: PatientId,
        thread: ThreadId,
        staff: Uuid,
    ) -> Result<(Option<MessageId>, Vec<ReaderRow>)> {
        let tenant = self.tenant_id();
        let own = newest_read(Statement::<ReaderColumns>::new("SELECT "), tenant, false)
            .sql(" FROM read_cursor c WHERE c.tenant_id = ")
            .uuid(tenant)
            .sql(" AND c.thread_id = ")
            .uuid(thread.uuid())
            .sql(" AND c.reader_kind = 0 AND c.reader_id = ")
            .uuid(staff)
            .sql(" UNION ALL SELECT ");
        let rows: Vec<CursorRow> = newest_read(own, tenant, true)
            .sql(" FROM patient_access pa JOIN portal_account a ON a.tenant_id = ")
            .uuid(tenant)
            .sql(" AND a.id = pa.account_id LEFT JOIN read_cursor c ON c.tenant_id = ")
            .uuid(tenant)
            .sql(" AND c.thread_id = ")
            .uuid(thread.uuid())
            .sql(" AND c.reader_kind = 1 AND c.reader_id = pa.account_id WHERE pa.tenant_id = ")
            .uuid(tenant)
            .sql(" AND pa.patient_id = ")
            .uuid(patient.uuid())
            .load(self.conn)
            .map_err(unavailable)?;
        let own = rows.iter().find(|row| row.kind == STAFF_READER).and_then(|row| row.last_read);
        let mut readers: Vec<ReaderRow> = rows.into_iter().filter_map(CursorRow::reader).collect();
        readers.sort_unstable_by_key(|row| (row.relationship, row.account));
        Ok((own.map(MessageId::new), readers))
    }
}

impl PgTransaction<'_> {
    /// How far colleagues have read, newest first.
    fn colleagues_of(&mut self, thread: ThreadId, reader: Uuid) -> Result<Vec<StaffReader>> {
        let tenant = self.tenant_id();
        let rows: Vec<(Uuid, String, Moment, Uuid)> =
            Statement::<(SqlUuid, Text, Timestamptz, SqlUuid)>::new(
                "SELECT r.reader_id, u.full_name, r.read_at, m.id FROM (SELECT c.reader_id, c.read_at, c.seq \
             FROM read_cursor c WHERE c.tenant_id = ",
            )
            .uuid(tenant)
            .sql(" AND c.thread_id = ")
            .uuid(thread.uuid())
            .sql(" AND c.reader_kind = 0 AND c.read_at IS NOT NULL AND c.reader_id <> ")
            .uuid(reader)
            .sql(" ORDER BY c.read_at DESC LIMIT ")
            .number(COLLEAGUES)
            .sql(") r JOIN staff_user u ON u.tenant_id = ")
            .uuid(tenant)
            .sql(" AND u.id = r.reader_id JOIN message m ON m.tenant_id = ")
            .uuid(tenant)
            .sql(" AND m.thread_id = ")
            .uuid(thread.uuid())
            .sql(" AND m.seq = r.seq ORDER BY r.read_at DESC, r.reader_id")
            .load(self.conn)
            .map_err(unavailable)?;
        let seen = |(staff, full_name, at, message)| StaffReader {
            staff: StaffId::new(staff),
            full_name,
            at,
            message: MessageId::new(message),
        };
        Ok(rows.into_iter().map(seen).collect())
    }
}

/// The columns of a [`CursorRow`] up to the newest message at or before the cursor: of any kind for staff, a public one
/// for who reads for the patient.
fn newest_read<Row>(query: Statement<Row>, tenant: Uuid, is_account: bool) -> Statement<Row> {
    let query = if is_account {
        query.sql("1::smallint, a.id, a.full_name_enc, a.is_active, pa.relationship, pa.expires_at")
    } else {
        query.sql("0::smallint, NULL::uuid, NULL::bytea, NULL::boolean, NULL::smallint, NULL::timestamptz")
    };
    query
        .sql(", c.read_at, (SELECT m.id FROM message m WHERE m.tenant_id = ")
        .uuid(tenant)
        .sql(" AND m.thread_id = c.thread_id AND m.seq <= c.seq")
        .sql(if is_account { " AND NOT m.is_internal" } else { "" })
        .sql(" ORDER BY m.seq DESC LIMIT 1)")
}

impl CursorRow {
    fn reader(self) -> Option<ReaderRow> {
        (self.kind == ACCOUNT_READER).then_some(())?;
        Some(ReaderRow {
            account: self.account?,
            name_enc: self.name_enc?,
            is_active: self.is_active?,
            relationship: self.relationship?,
            expires_at: self.expires_at,
            read_at: self.read_at,
            last_read: self.last_read,
        })
    }
}

impl ReaderRow {
    fn name(&self, keys: &TenantKeys) -> Readable {
        keys.open("portal_account", "full_name_enc", self.account, &self.name_enc)
    }

    fn latest(&self, keys: &TenantKeys) -> Option<LatestReader> {
        let (at, message) = (self.read_at?, self.last_read?);
        Some(LatestReader { name: self.name(keys), at, message: MessageId::new(message) })
    }

    fn proxy(&self, keys: &TenantKeys) -> Result<ProxyView> {
        let relationship = Relationship::from_code(self.relationship)
            .ok_or_else(|| corrupt("patient_access", "relationship", self.account))?;
        Ok(ProxyView { full_name: self.name(keys), relationship, expires_at: self.expires_at })
    }
}
