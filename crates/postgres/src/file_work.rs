//! The worker's side of files, one practice at a time. It reads no file's name.

mod row;

use crate::attachments::{BLANK, STALE_ALL};
use crate::errors::unavailable;
use crate::presences::{SightRow, sight};
use crate::schema::{attachment, thread};
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz, Uuid as SqlUuid};
use row::FileRow;
use threadwell_application::ports::{
    Blob, BlobName, ClaimedFile, FileMark, FilePlace, FileWork, KeptFile, Renditions, Work,
};
use threadwell_application::{Error, Result};
use threadwell_crypto::random;
use threadwell_domain::attachment::AttachmentState;
use threadwell_domain::{AttachmentId, Moment, PatientId, ThreadId};
use uuid::Uuid;

/// What a mark gives back: thread, patient, staff, account, bytes.
type Marked = (Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<Uuid>, i64);
type MarkedColumns = (Nullable<SqlUuid>, Nullable<SqlUuid>, Nullable<SqlUuid>, Nullable<SqlUuid>, BigInt);

impl FileWork for PgTransaction<'_> {
    fn claim_due(&mut self, limit: i64, lease: Duration) -> Result<Vec<ClaimedFile>> {
        let (tenant, keys) = (self.tenant_id(), self.keys()?);
        let unleased =
            attachment::lease_until.is_null().or(attachment::lease_until.le(self.now).assume_not_null());
        let due = attachment::table
            .filter(attachment::tenant_id.eq(tenant))
            .filter(attachment::due_at.le(self.now))
            .filter(unleased)
            .order((attachment::due_at, attachment::id))
            .limit(limit)
            .select(attachment::id)
            .for_no_key_update()
            .skip_locked()
            .load::<Uuid>(self.conn)
            .map_err(unavailable)?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows: Vec<FileRow> = diesel::update(attachment::table)
            .filter(attachment::tenant_id.eq(tenant))
            .filter(attachment::id.eq_any(due))
            .set((
                attachment::lease_until.eq(self.now + lease),
                attachment::fence.eq(attachment::fence + 1),
                attachment::attempts.eq(attachment::attempts + 1),
            ))
            .returning(FileRow::as_returning())
            .load(self.conn)
            .map_err(unavailable)?;
        rows.sort_by_key(|row| (row.due_at, row.id));
        rows.iter().map(|row| row.claimed(self.tenant, &keys)).collect()
    }

    fn forget(&mut self, file: &ClaimedFile, removed: &[BlobName]) -> Result<bool> {
        let mut query = Statement::<()>::new("UPDATE attachment SET stale_blobs = ");
        for _ in removed {
            query = query.sql("array_remove(");
        }
        query = query.sql("stale_blobs");
        for name in removed {
            query = query.sql(", ").bytes(name.bytes().to_vec()).sql(")");
        }
        let forgotten = self.held(query, file).execute(self.conn).map_err(unavailable)?;
        Ok(forgotten == 1)
    }

    fn plan(&mut self, file: &ClaimedFile) -> Result<Option<[Blob; 2]>> {
        let Some(object) = &file.object else { return Ok(None) };
        let [picture, thumbnail] = [self.new_name()?, self.new_name()?];
        let query = Statement::<()>::new("UPDATE attachment SET stale_blobs = stale_blobs || ARRAY[")
            .bytes(picture.bytes().to_vec())
            .sql(", ")
            .bytes(thumbnail.bytes().to_vec())
            .sql("]");
        let planned = self
            .held(query, file)
            .sql(" AND state = ")
            .code(file.state.code())
            .execute(self.conn)
            .map_err(unavailable)?;
        let blob = |name| Blob { name, ..object.blob.clone() };
        Ok((planned == 1).then(|| [blob(picture), blob(thumbnail)]))
    }

    fn mark(&mut self, file: &ClaimedFile, mark: &FileMark) -> Result<bool> {
        let query = Statement::<MarkedColumns>::new("UPDATE attachment SET state = ")
            .code(mark.state.code())
            .sql(", refusal = ")
            .maybe_code(mark.state.refusal().map(|refusal| refusal.code()))
            .sql(", due_at = ")
            .maybe_moment(mark.due)
            .sql(", lease_until = NULL, attempts = CASE WHEN state = ")
            .code(mark.state.code())
            .sql(" THEN attempts ELSE 0 END");
        let (has_moved, is_swept) = (mark.state != file.state, mark.state == AttachmentState::Swept);
        let query = match (&mark.renditions, mark.state) {
            (Some(renditions), _) => with_renditions(query, renditions)?,
            (None, AttachmentState::Swept) if has_moved => query.sql(STALE_ALL).sql(BLANK),
            (None, AttachmentState::Rejected(_)) if has_moved => query.sql(STALE_ALL),
            (None, _) => query,
        };
        let query = self.held(query, file).sql(" AND state = ").code(file.state.code());
        let query = if is_swept { query.sql(" AND claimed_at IS NULL") } else { query };
        let marked: Option<Marked> = query
            .sql(" RETURNING thread_id, patient_id, staff_id, account_id, size_bytes")
            .get_result(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some((thread, patient, staff, account, bytes)) = marked else { return Ok(false) };
        self.note_worked(file.id, thread, patient);
        // Of an upload that never ended; what was told to be here was an upload of its day.
        if is_swept && matches!(file.state, AttachmentState::Reserved | AttachmentState::Received) {
            let owners = self.owners_of(staff, account)?;
            self.give_back(owners, bytes, file.created_at)?;
        }
        Ok(true)
    }

    fn place(&mut self, file: AttachmentId) -> Result<Option<FilePlace>> {
        let tenant = self.tenant_id();
        let row: Option<(SightRow, bool)> = attachment::table
            .inner_join(
                thread::table
                    .on(thread::tenant_id.eq(tenant).and(thread::id.nullable().eq(attachment::thread_id))),
            )
            .filter(attachment::tenant_id.eq(tenant))
            .filter(attachment::id.eq(file.uuid()))
            .select((
                (thread::id, thread::patient_id, thread::category, thread::is_confidential),
                attachment::is_internal,
            ))
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let place = |(row, is_internal)| Ok(FilePlace { thread: sight(row)?, is_internal });
        row.map(place).transpose()
    }

    fn rest(&mut self) -> Result<()> {
        if !self.is_alone_at(Work::Files)? {
            return Ok(());
        }
        let (next,): (Option<Moment>,) = Statement::<(Nullable<Timestamptz>,)>::new(
            "SELECT min(GREATEST(due_at, lease_until)) FROM attachment WHERE due_at IS NOT NULL AND tenant_id = ",
        )
        .uuid(self.tenant_id())
        .get_result(self.conn)
        .map_err(unavailable)?;
        self.rest_until(Work::Files, next)
    }

    fn inventory(&mut self, after: Option<AttachmentId>, limit: i64) -> Result<Vec<KeptFile>> {
        let keys = self.keys()?;
        let rows: Vec<FileRow> = attachment::table
            .filter(attachment::tenant_id.eq(self.tenant_id()))
            .filter(attachment::id.gt(after.map_or(Uuid::nil(), AttachmentId::uuid)))
            .order(attachment::id)
            .limit(limit)
            .select(FileRow::as_select())
            .load(self.conn)
            .map_err(unavailable)?;
        rows.iter().map(|row| row.kept(self.tenant, &keys)).collect()
    }

    fn kept(&mut self, id: AttachmentId) -> Result<Option<KeptFile>> {
        let keys = self.keys()?;
        let row: Option<FileRow> = attachment::table
            .filter(attachment::tenant_id.eq(self.tenant_id()))
            .filter(attachment::id.eq(id.uuid()))
            .select(FileRow::as_select())
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        row.map(|row| row.kept(self.tenant, &keys)).transpose()
    }
}

impl PgTransaction<'_> {
    /// The file, if the worker with this fence still has it.
    fn held<Row>(&self, query: Statement<Row>, file: &ClaimedFile) -> Statement<Row> {
        query
            .sql(" WHERE tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND id = ")
            .uuid(file.id.uuid())
            .sql(" AND fence = ")
            .int(file.fence)
    }

    fn note_worked(&mut self, file: AttachmentId, thread: Option<Uuid>, patient: Option<Uuid>) {
        self.trail.attachment(file);
        match (thread, patient) {
            (Some(thread), Some(patient)) => {
                self.thread_was_touched(ThreadId::new(thread), PatientId::new(patient));
            }
            (_, Some(patient)) => self.trail.patient(PatientId::new(patient)),
            (_, None) => {}
        }
    }

    fn new_name(&self) -> Result<BlobName> {
        random::bytes::<16>().map(|drawn| BlobName::new(*drawn)).map_err(Error::unavailable)
    }
}

/// Takes the new objects into use and gives the old one up.
fn with_renditions<Row>(query: Statement<Row>, new: &Renditions) -> Result<Statement<Row>> {
    let size = |bytes: u64| i64::try_from(bytes).map_err(Error::unavailable);
    let side = |pixels: u32| i32::try_from(pixels).map_err(Error::unavailable);
    let (picture, thumbnail) = (new.picture.bytes().to_vec(), new.thumbnail.bytes().to_vec());
    Ok(query
        .sql(", kind = ")
        .code(new.kind.code())
        .sql(", blob = ")
        .bytes(picture.clone())
        .sql(", size_bytes = ")
        .big_int(size(new.bytes)?)
        .sql(", thumbnail_blob = ")
        .bytes(thumbnail.clone())
        .sql(", thumbnail_bytes = ")
        .big_int(size(new.thumbnail_bytes)?)
        .sql(", thumbnail_kind = ")
        .code(new.thumbnail_kind.code())
        .sql(", width = ")
        .int(side(new.extent.0)?)
        .sql(", height = ")
        .int(side(new.extent.1)?)
        .sql(", stale_blobs = array_remove(array_remove(stale_blobs, ")
        .bytes(picture)
        .sql("), ")
        .bytes(thumbnail)
        .sql(") || blob"))
}
