//! One thread with everything that stands beside it.

use super::filter::InboxFilter;
use crate::errors::{corrupt, unavailable};
use crate::keys::TenantKeys;
use crate::schema::patient;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Bytea, Integer, Nullable, SmallInt, Timestamptz, Uuid as SqlUuid};
use threadwell_application::ports::{LatestReader, PatientPanel, ProxyView, Readable, StaffThreadDetail};
use threadwell_application::{Error, Result};
use threadwell_domain::access::Relationship;
use threadwell_domain::{MessageId, Moment, PatientId, ThreadId};
use uuid::Uuid;

/// How many earlier threads of the patient are shown.
const EARLIER: i64 = 5;

type PanelRow = (Vec<u8>, Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>, String);
type ReaderColumns =
    (SqlUuid, Bytea, Bool, SmallInt, Nullable<Timestamptz>, Nullable<Timestamptz>, Nullable<SqlUuid>);

/// Somebody who reads for the patient.
#[derive(Queryable)]
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
        let Some(view) = self.load_page(&only, 1)?.pop() else { return Ok(None) };
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
        let readers = self.readers_for(patient, id)?;
        let keys = self.keys()?;
        Ok(Some(StaffThreadDetail {
            patient: self.panel(patient, &readers, &keys)?,
            earlier,
            own_last_read: self.own_last_read(id, reader)?,
            patient_seen: readers.iter().filter_map(|row| row.latest(&keys)).collect(),
            view,
        }))
    }

    fn panel(&mut self, id: PatientId, readers: &[ReaderRow], keys: &TenantKeys) -> Result<PatientPanel> {
        let row: Option<PanelRow> = patient::table
            .filter(patient::tenant_id.eq(self.tenant_id()))
            .filter(patient::id.eq(id.uuid()))
            .select((
                patient::name_enc,
                patient::mrn_enc,
                patient::birth_date_enc,
                patient::phone_enc,
                patient::email_enc,
                patient::language,
            ))
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let (name, mrn, birth_date, phone, email, language) =
            row.ok_or_else(|| Error::unavailable("a thread's patient is missing"))?;
        let open = |column: &str, sealed: &[u8]| keys.open("patient", column, id.uuid(), sealed);
        let now = self.now;
        let holds = |row: &&ReaderRow| row.is_active && row.expires_at.is_none_or(|end| now < end);
        let holding: Vec<&ReaderRow> = readers.iter().filter(holds).collect();
        let is_own = |row: &&&ReaderRow| row.relationship == Relationship::Myself.code();
        Ok(PatientPanel {
            id,
            full_name: open("name_enc", &name),
            mrn: open("mrn_enc", &mrn),
            birth_date: birth_date.map(|sealed| open("birth_date_enc", &sealed)),
            phone: phone.map(|sealed| open("phone_enc", &sealed)),
            email: email.map(|sealed| open("email_enc", &sealed)),
            language,
            has_own_account: holding.iter().any(|row| is_own(&row)),
            proxies: holding
                .iter()
                .filter(|row| !is_own(row))
                .map(|row| row.proxy(keys))
                .collect::<Result<_>>()?,
        })
    }

    /// Everybody who reads or once read for the patient, and how far in this thread.
    fn readers_for(&mut self, patient: PatientId, thread: ThreadId) -> Result<Vec<ReaderRow>> {
        let tenant = self.tenant_id();
        Statement::<ReaderColumns>::new(
            "SELECT a.id, a.full_name_enc, a.is_active, pa.relationship, pa.expires_at, c.read_at, \
             (SELECT m.id FROM message m WHERE m.tenant_id = ",
        )
        .uuid(tenant)
        .sql(" AND m.thread_id = c.thread_id AND m.seq <= c.seq AND NOT m.is_internal ORDER BY m.seq DESC LIMIT 1)")
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
        .sql(" ORDER BY pa.relationship, a.id")
        .load(self.conn)
        .map_err(unavailable)
    }

    /// The newest message that the reader has read.
    fn own_last_read(&mut self, thread: ThreadId, reader: Uuid) -> Result<Option<MessageId>> {
        let tenant = self.tenant_id();
        let found: Option<(Uuid, i32)> = Statement::<(SqlUuid, Integer)>::new(
            "SELECT m.id, m.seq FROM read_cursor c JOIN message m ON m.tenant_id = ",
        )
        .uuid(tenant)
        .sql(" AND m.thread_id = ")
        .uuid(thread.uuid())
        .sql(" AND m.seq <= c.seq WHERE c.tenant_id = ")
        .uuid(tenant)
        .sql(" AND c.thread_id = ")
        .uuid(thread.uuid())
        .sql(" AND c.reader_kind = 0 AND c.reader_id = ")
        .uuid(reader)
        .sql(" ORDER BY m.seq DESC LIMIT 1")
        .get_result(self.conn)
        .optional()
        .map_err(unavailable)?;
        Ok(found.map(|(id, _)| MessageId::new(id)))
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
