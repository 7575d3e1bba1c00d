//! The columns of a file that the worker sees, and what they mean.

use crate::attachments::{Place, blob_name, kind_of, place_column, size_of, state_of};
use crate::keys::TenantKeys;
use crate::schema::attachment;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::{Blob, BlobKey, BlobName, ClaimedFile, KeptFile, StoredObject};
use threadwell_domain::attachment::AttachmentState;
use threadwell_domain::{AttachmentId, Moment, TenantId};
use uuid::Uuid;

/// A file as stored, without its name.
#[derive(Queryable, Selectable)]
#[diesel(table_name = attachment, check_for_backend(diesel::pg::Pg))]
pub(super) struct FileRow {
    pub(super) id: Uuid,
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
    pub(super) due_at: Option<Moment>,
    fence: i32,
    attempts: i32,
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

    /// The file in the hands of a worker.
    pub(super) fn claimed(&self, tenant: TenantId, keys: &TenantKeys) -> Result<ClaimedFile> {
        let state = self.state()?;
        let key = if state == AttachmentState::Swept { None } else { self.key(keys) };
        Ok(ClaimedFile {
            id: AttachmentId::new(self.id),
            kind: kind_of(self.id, self.kind)?,
            state,
            is_claimed: self.thread_id.is_some(),
            created_at: self.created_at,
            object: key.map(|key| self.object(tenant, &key)).transpose()?,
            stale: self.stale()?,
            attempts: self.attempts - 1,
            fence: self.fence,
        })
    }

    /// The file with all that it has.
    pub(super) fn kept(&self, tenant: TenantId, keys: &TenantKeys) -> Result<KeptFile> {
        let state = self.state()?;
        let (mut objects, mut names) = (Vec::new(), self.stale()?);
        if has_objects(state)
            && let Some(key) = self.key(keys)
        {
            let object = self.object(tenant, &key)?;
            objects.extend(self.thumbnail(&object)?);
            objects.push(object);
        }
        if keeps_names(state) {
            names.push(blob_name(self.id, &self.blob)?);
            names.extend(self.thumbnail_blob.as_ref().map(|name| blob_name(self.id, name)).transpose()?);
        }
        Ok(KeptFile { id: AttachmentId::new(self.id), state, objects, names })
    }
}

/// Whether its objects must be there.
const fn has_objects(state: AttachmentState) -> bool {
    keeps_names(state) && !matches!(state, AttachmentState::Reserved)
}

/// Whether its objects are its own. Of what is refused or swept they are on the way out: one that comes late, after a
/// time-out that was none, is nobody's.
const fn keeps_names(state: AttachmentState) -> bool {
    match state {
        AttachmentState::Rejected(_) | AttachmentState::Swept => false,
        AttachmentState::Reserved
        | AttachmentState::Received
        | AttachmentState::Scanning
        | AttachmentState::Processing
        | AttachmentState::Available
        | AttachmentState::Failed => true,
    }
}
