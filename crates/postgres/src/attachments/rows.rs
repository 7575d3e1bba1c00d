//! A file's row and what it means.

use crate::errors::corrupt;
use crate::keys::TenantKeys;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Bytea, Integer, Nullable, SmallInt, Timestamptz, Uuid as SqlUuid};
use threadwell_application::Result;
use threadwell_application::ports::{
    AttachmentView, Blob, BlobKey, BlobName, FoundAttachment, Readable, StoredObject,
};
use threadwell_domain::attachment::{AttachmentState, ContentRefusal, FileKind, FileName};
use threadwell_domain::{AttachmentId, Moment, TenantId, ThreadId};
use uuid::Uuid;

/// What serving needs of a file, in the order of [`Row`]; `a` is the file.
pub(super) const COLUMNS: &str = "a.id, a.patient_id, a.thread_id, a.message_seq, a.is_internal, a.kind, \
    a.state, a.refusal, a.file_name_enc, a.key_enc, a.blob, a.thumbnail_blob, a.size_bytes, a.thumbnail_bytes, \
     a.thumbnail_kind, a.width, a.height, a.created_at";

/// The SQL types of [`COLUMNS`].
pub(super) type Columns = (
    SqlUuid,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<Integer>,
    Bool,
    SmallInt,
    SmallInt,
    Nullable<SmallInt>,
    Bytea,
    Bytea,
    Bytea,
    Nullable<Bytea>,
    BigInt,
    Nullable<BigInt>,
    Nullable<SmallInt>,
    Nullable<Integer>,
    Nullable<Integer>,
    Timestamptz,
);

/// A file as stored.
#[derive(Queryable)]
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) patient_id: Option<Uuid>,
    pub(super) thread_id: Option<Uuid>,
    pub(super) message_seq: Option<i32>,
    is_internal: bool,
    kind: i16,
    state: i16,
    refusal: Option<i16>,
    file_name_enc: Vec<u8>,
    key_enc: Vec<u8>,
    blob: Vec<u8>,
    thumbnail_blob: Option<Vec<u8>>,
    size_bytes: i64,
    thumbnail_bytes: Option<i64>,
    thumbnail_kind: Option<i16>,
    width: Option<i32>,
    height: Option<i32>,
    created_at: Moment,
}

/// A file's place in a conversation: thread, patient, and whether it is a note's.
pub(crate) type Place = (Uuid, Uuid, bool);

/// The column name under which a file's name or key is sealed: it names the place, like that of a message's text.
pub(crate) fn place_column(column: &str, place: Option<Place>) -> String {
    match place {
        None => format!("{column}/unsent"),
        Some((thread, patient, is_internal)) => {
            let audience = if is_internal { "internal" } else { "public" };
            format!("{column}/{thread}/{patient}/{audience}")
        }
    }
}

/// The state that two columns hold.
pub(crate) fn state_of(row: Uuid, state: i16, refusal: Option<i16>) -> Result<AttachmentState> {
    let known = refusal.map(ContentRefusal::from_code);
    let state = match known {
        Some(None) => None,
        Some(Some(refusal)) => AttachmentState::from_code(state, Some(refusal)),
        None => AttachmentState::from_code(state, None),
    };
    state.ok_or_else(|| corrupt("attachment", "state", row))
}

/// The kind that a column holds.
pub(crate) fn kind_of(row: Uuid, kind: i16) -> Result<FileKind> {
    FileKind::from_code(kind).ok_or_else(|| corrupt("attachment", "kind", row))
}

/// The name that a column holds.
pub(crate) fn blob_name(row: Uuid, name: &[u8]) -> Result<BlobName> {
    <[u8; 16]>::try_from(name).map(BlobName::new).map_err(|_| corrupt("attachment", "blob", row))
}

/// The size that a column holds.
pub(crate) fn size_of(row: Uuid, bytes: i64) -> Result<u64> {
    u64::try_from(bytes).map_err(|_| corrupt("attachment", "size_bytes", row))
}

impl Row {
    /// What may be shown of it.
    pub(super) fn view(&self, keys: &TenantKeys) -> Result<AttachmentView> {
        let state = state_of(self.id, self.state, self.refusal)?;
        let kind = kind_of(self.id, self.kind)?;
        let column = place_column("file_name_enc", self.place());
        let filename = keys.open("attachment", &column, self.id, &self.file_name_enc);
        Ok(AttachmentView {
            id: AttachmentId::new(self.id),
            filename: named_by(filename, kind),
            size_bytes: self.size_bytes,
            kind,
            state,
            extent: self.width.zip(self.height),
            has_thumbnail: state.is_available() && self.thumbnail_blob.is_some(),
        })
    }

    /// The file with its objects.
    pub(super) fn found(&self, tenant: TenantId, keys: &TenantKeys) -> Result<FoundAttachment> {
        let view = self.view(keys)?;
        let column = place_column("key_enc", self.place());
        let key = keys.open_key("attachment", &column, self.id, &self.key_enc).map(BlobKey);
        let blob = |name: &[u8], key: &BlobKey| -> Result<Blob> {
            let name = blob_name(self.id, name)?;
            Ok(Blob { tenant, attachment: view.id, name, key: key.clone() })
        };
        let (mut object, mut thumbnail) = (None, None);
        if let Some(key) = &key {
            let bytes = size_of(self.id, self.size_bytes)?;
            object = Some(StoredObject { blob: blob(&self.blob, key)?, bytes, kind: view.kind });
            if let (Some(name), Some(bytes), Some(kind)) =
                (&self.thumbnail_blob, self.thumbnail_bytes, self.thumbnail_kind)
            {
                let (bytes, kind) = (size_of(self.id, bytes)?, kind_of(self.id, kind)?);
                thumbnail = Some(StoredObject { blob: blob(name, key)?, bytes, kind });
            }
        }
        Ok(FoundAttachment {
            created_at: self.created_at,
            thread: self.thread_id.map(ThreadId::new),
            object,
            thumbnail,
            view,
        })
    }

    fn place(&self) -> Option<Place> {
        let (thread, patient) = self.thread_id.zip(self.patient_id)?;
        Some((thread, patient, self.is_internal))
    }
}

/// The name follows what the content became.
fn named_by(stored: Readable, kind: FileKind) -> Readable {
    match stored {
        Readable::Unreadable => Readable::Unreadable,
        Readable::Intact(text) => FileName::parse(text.expose())
            .map_or(Readable::Unreadable, |name| Readable::Intact(name.for_kind(kind).as_phi().clone())),
    }
}
