//! The worker's side of files, one practice at a time. It reads no file's name.

use crate::attachments::{Place, STALE_ALL, blob_name, kind_of, place_column, size_of, state_of};
use crate::errors::unavailable;
use crate::keys::TenantKeys;
use crate::schema::attachment;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz, Uuid as SqlUuid};
use threadwell_application::ports::{
    Blob, BlobKey, BlobName, ClaimedFile, FileMark, FileWork, KeptFile, Renditions, StoredObject, Work,
};
use threadwell_application::{Error, Result};
use threadwell_crypto::random;
use threadwell_domain::attachment::AttachmentState;
use threadwell_domain::{AttachmentId, Moment, PatientId, TenantId, ThreadId};
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = attachment, check_for_backend(diesel::pg::Pg))]
struct FileRow {
    id: Uuid,
    patient_id: Option<Uuid>,
    thread_id: Option<Uuid>,
    is_internal: bool,
    kind: i16,
    state: i16,
    refusal: Option<i16>,
    key_enc: Vec<u8>,
    blob: Vec<u8>,
    thumbnail_blob: Option<Vec<u8>>,
    stale_blobs: Vec<Vec<u8>>,
    size_bytes: i64,
    thumbnail_bytes: Option<i64>,
    thumbnail_kind: Option<i16>,
    created_at: Moment,
    due_at: Option<Moment>,
    fence: i32,
    attempts: i32,
}

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
        let query =
            Statement::<(Nullable<SqlUuid>, Nullable<SqlUuid>)>::new("UPDATE attachment SET state = ")
                .code(mark.state.code())
                .sql(", refusal = ")
                .maybe_code(mark.state.refusal().map(|refusal| refusal.code()))
                .sql(", due_at = ")
                .maybe_moment(mark.due)
                .sql(", lease_until = NULL, attempts = CASE WHEN state = ")
                .code(mark.state.code())
                .sql(" THEN attempts ELSE 0 END");
        let gives_up = matches!(mark.state, AttachmentState::Rejected(_) | AttachmentState::Swept);
        let query = match &mark.renditions {
            Some(renditions) => with_renditions(query, renditions)?,
            None if gives_up && mark.state != file.state => query.sql(STALE_ALL),
            None => query,
        };
        let query = self.held(query, file).sql(" AND state = ").code(file.state.code());
        let query =
            if mark.state == AttachmentState::Swept { query.sql(" AND claimed_at IS NULL") } else { query };
        let marked: Option<(Option<Uuid>, Option<Uuid>)> = query
            .sql(" RETURNING thread_id, patient_id")
            .get_result(self.conn)
            .optional()
            .map_err(unavailable)?;
        match marked {
            Some((Some(thread), Some(patient))) => {
                self.thread_was_touched(ThreadId::new(thread), PatientId::new(patient));
            }
            Some((_, Some(patient))) => self.trail.patient(PatientId::new(patient)),
            Some((_, None)) | None => {}
        }
        Ok(marked.is_some())
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

impl FileRow {
    fn state(&self) -> Result<AttachmentState> {
        state_of(self.id, self.state, self.refusal)
    }

    fn place(&self) -> Option<Place> {
        let (thread, patient) = self.thread_id.zip(self.patient_id)?;
        Some((thread, patient, self.is_internal))
    }

    fn key(&self, keys: &TenantKeys) -> Option<BlobKey> {
        let column = place_column("key_enc", self.place());
        keys.open_key("attachment", &column, self.id, &self.key_enc).map(BlobKey)
    }

    fn object(&self, tenant: TenantId, key: &BlobKey) -> Result<StoredObject> {
        let name = blob_name(self.id, &self.blob)?;
        let blob = Blob { tenant, attachment: AttachmentId::new(self.id), name, key: key.clone() };
        Ok(StoredObject {
            blob,
            bytes: size_of(self.id, self.size_bytes)?,
            kind: kind_of(self.id, self.kind)?,
        })
    }

    fn thumbnail(&self, of: &StoredObject) -> Result<Option<StoredObject>> {
        match (&self.thumbnail_blob, self.thumbnail_bytes, self.thumbnail_kind) {
            (Some(name), Some(bytes), Some(kind)) => {
                let blob = Blob { name: blob_name(self.id, name)?, ..of.blob.clone() };
                let (bytes, kind) = (size_of(self.id, bytes)?, kind_of(self.id, kind)?);
                Ok(Some(StoredObject { blob, bytes, kind }))
            }
            _ => Ok(None),
        }
    }

    fn stale(&self) -> Result<Vec<BlobName>> {
        self.stale_blobs.iter().map(|name| blob_name(self.id, name)).collect()
    }

    fn claimed(&self, tenant: TenantId, keys: &TenantKeys) -> Result<ClaimedFile> {
        Ok(ClaimedFile {
            id: AttachmentId::new(self.id),
            kind: kind_of(self.id, self.kind)?,
            state: self.state()?,
            is_claimed: self.thread_id.is_some(),
            created_at: self.created_at,
            object: self.key(keys).map(|key| self.object(tenant, &key)).transpose()?,
            stale: self.stale()?,
            attempts: self.attempts - 1,
            fence: self.fence,
        })
    }

    fn kept(&self, tenant: TenantId, keys: &TenantKeys) -> Result<KeptFile> {
        let state = self.state()?;
        let mut objects = Vec::new();
        let has_objects = match state {
            AttachmentState::Reserved | AttachmentState::Rejected(_) | AttachmentState::Swept => false,
            AttachmentState::Received
            | AttachmentState::Scanning
            | AttachmentState::Processing
            | AttachmentState::Available
            | AttachmentState::Failed => true,
        };
        if has_objects && let Some(key) = self.key(keys) {
            let object = self.object(tenant, &key)?;
            objects.extend(self.thumbnail(&object)?);
            objects.push(object);
        }
        let mut names = self.stale()?;
        names.push(blob_name(self.id, &self.blob)?);
        if let Some(name) = &self.thumbnail_blob {
            names.push(blob_name(self.id, name)?);
        }
        Ok(KeptFile { id: AttachmentId::new(self.id), state, objects, names })
    }
}
