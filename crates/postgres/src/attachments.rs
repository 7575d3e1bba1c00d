//! Uploads and the files of messages. A file exists for its uploader until a message has it, then for whoever may see
//! the message: each query says so, and for the portal's role the policies behind it.
//!
//! Name and key of a file are sealed for the place that it has: a row that is moved to another thread, or made public
//! by whoever can write to the tables, does not open any more.

mod claim;
mod reach;
mod rows;

pub(crate) use rows::{Place, blob_name, kind_of, place_column, size_of, state_of};

use crate::errors::{corrupt, unavailable};
use crate::schema::attachment;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{SmallInt, Timestamptz, Uuid as SqlUuid};
use rows::{COLUMNS, Columns, Row};
use std::collections::HashMap;
use threadwell_application::ports::{
    AttachmentView, Attachments, Blob, BlobKey, BlobName, FoundAttachment, MessagePlace, OwnMessage,
    ThreadAttachment, UploadStep, Work,
};
use threadwell_application::{Error, Result};
use threadwell_crypto::random;
use threadwell_domain::attachment::{AttachmentState, FileName, UploadLimits};
use threadwell_domain::message::SenderKind;
use threadwell_domain::{AttachmentId, MessageId, Moment, ThreadId};
use uuid::Uuid;

/// The most files of a thread that a list holds: the newest.
const LIST_LIMIT: i64 = 2_000;

impl Attachments for PgTransaction<'_> {
    fn reserve(&mut self, name: &FileName, bytes: u64, due: Moment) -> Result<Blob> {
        let keys = self.keys()?;
        let (id, uploader) = (self.new_id(), self.uploader()?);
        let drawn = random::bytes::<16>().map_err(Error::unavailable)?;
        let key = BlobKey(random::bytes::<32>().map_err(Error::unavailable)?);
        let blob =
            Blob { tenant: self.tenant, attachment: AttachmentId::new(id), name: BlobName::new(*drawn), key };
        let name_column = place_column("file_name_enc", None);
        let key_column = place_column("key_enc", None);
        self.pass_gate(Work::Files)?;
        diesel::insert_into(attachment::table)
            .values((
                attachment::tenant_id.eq(self.tenant_id()),
                attachment::id.eq(id),
                attachment::patient_id.eq(uploader.patient),
                attachment::staff_id.eq(uploader.staff),
                attachment::account_id.eq(uploader.account),
                attachment::kind.eq(name.kind().code()),
                attachment::state.eq(AttachmentState::Reserved.code()),
                attachment::file_name_enc.eq(keys.seal(
                    "attachment",
                    &name_column,
                    id,
                    name.as_phi().expose(),
                )?),
                attachment::key_enc.eq(keys.seal_key("attachment", &key_column, id, &blob.key.0)?),
                attachment::blob.eq(blob.name.bytes().to_vec()),
                attachment::size_bytes.eq(i64::try_from(bytes).map_err(Error::unavailable)?),
                attachment::created_at.eq(self.now),
                attachment::due_at.eq(due),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(blob)
    }

    fn find(&mut self, id: AttachmentId) -> Result<Option<FoundAttachment>> {
        let keys = self.keys()?;
        let query = Statement::<Columns>::new("SELECT ")
            .sql(COLUMNS)
            .sql(" FROM attachment a LEFT JOIN thread t ON t.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND t.id = a.thread_id WHERE a.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND a.id = ")
            .uuid(id.uuid())
            .sql(" AND a.state <> 7 AND (");
        let query = self.own_unsent(query)?.sql(" OR ");
        let query = self.of_visible_thread(query).sql(")");
        let row: Option<Row> = query.get_result(self.conn).optional().map_err(unavailable)?;
        let Some(row) = row else { return Ok(None) };
        self.note_shown(&row);
        row.found(self.tenant, &keys).map(Some)
    }

    fn step(&mut self, id: AttachmentId, step: UploadStep) -> Result<bool> {
        let gives_up = matches!(step.to, AttachmentState::Rejected(_) | AttachmentState::Swept);
        self.pass_gate(Work::Files)?;
        let query = Statement::<()>::new("UPDATE attachment a SET state = ")
            .code(step.to.code())
            .sql(", refusal = ")
            .maybe_code(step.to.refusal().map(|refusal| refusal.code()))
            .sql(", size_bytes = COALESCE(")
            .maybe_big_int(step.bytes.map(i64::try_from).transpose().map_err(Error::unavailable)?)
            .sql(", size_bytes), due_at = ")
            .maybe_moment(step.due);
        let query = if gives_up { query.sql(STALE_ALL) } else { query };
        let query = if step.to == AttachmentState::Swept { query.sql(BLANK) } else { query };
        let query =
            query.sql(" WHERE a.tenant_id = ").uuid(self.tenant_id()).sql(" AND a.id = ").uuid(id.uuid());
        let query = match step.to {
            AttachmentState::Swept => query.sql(" AND a.state <> 7 AND "),
            _ => query.sql(" AND a.state = ").code(step.from.code()).sql(" AND "),
        };
        let changed = self.own_unsent(query)?.execute(self.conn).map_err(unavailable)?;
        self.trail.attachment(id);
        if changed == 1 && step.due.is_some_and(|due| due <= self.now) {
            self.wake(Work::Files);
        }
        Ok(changed == 1)
    }

    fn claim(&mut self, ids: &[AttachmentId], place: &MessagePlace) -> Result<bool> {
        self.claim_all(ids, place)
    }

    fn own_message(&mut self, message: MessageId) -> Result<Option<OwnMessage>> {
        self.find_own_message(message)
    }

    fn extend(&mut self, place: &MessagePlace, limits: &UploadLimits) -> Result<bool> {
        self.count_further_file(place, limits)
    }

    fn of_thread(&mut self, thread: ThreadId) -> Result<Option<Vec<ThreadAttachment>>> {
        let keys = self.keys()?;
        if self.visible_thread(thread)?.is_none() {
            return Ok(None);
        }
        let query = Statement::<(Columns, SqlUuid, Timestamptz, SmallInt)>::new("SELECT ")
            .sql(COLUMNS)
            .sql(", m.id, m.sent_at, m.sender_kind FROM attachment a JOIN message m ON m.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND m.thread_id = a.thread_id AND m.seq = a.message_seq WHERE a.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND a.thread_id = ")
            .uuid(thread.uuid());
        // The newest never drop off.
        let rows: Vec<(Row, Uuid, Moment, i16)> = self
            .without_notes(query)
            .sql(" ORDER BY a.message_seq DESC, a.id DESC LIMIT ")
            .number(LIST_LIMIT)
            .load(self.conn)
            .map_err(unavailable)?;
        let files = rows.into_iter().rev().map(|(row, message, sent_at, sender)| {
            Ok(ThreadAttachment {
                view: row.view(&keys)?,
                message: MessageId::new(message),
                sent_at,
                sender_kind: SenderKind::from_code(sender)
                    .ok_or_else(|| corrupt("message", "sender_kind", message))?,
            })
        });
        files.collect::<Result<_>>().map(Some)
    }
}

/// Everything that a file has is to be removed.
pub(crate) const STALE_ALL: &str =
    ", stale_blobs = array_remove(stale_blobs || ARRAY[blob, thumbnail_blob], NULL)";

/// Nothing is left of what was swept: neither what it was called nor the key to objects that may come late.
pub(crate) const BLANK: &str = ", file_name_enc = '', key_enc = ''";

impl PgTransaction<'_> {
    /// The files of these messages of a thread, by their places.
    pub(crate) fn attachments_of(
        &mut self,
        thread: ThreadId,
        places: Vec<i32>,
    ) -> Result<HashMap<i32, Vec<AttachmentView>>> {
        let mut files: HashMap<i32, Vec<AttachmentView>> = HashMap::new();
        if places.is_empty() {
            return Ok(files);
        }
        let keys = self.keys()?;
        let query = Statement::<Columns>::new("SELECT ")
            .sql(COLUMNS)
            .sql(" FROM attachment a WHERE a.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND a.thread_id = ")
            .uuid(thread.uuid())
            .sql(" AND a.message_seq = ANY (")
            .ints(places)
            .sql(")");
        let rows: Vec<Row> =
            self.without_notes(query).sql(" ORDER BY a.id").load(self.conn).map_err(unavailable)?;
        for row in rows {
            let place = row.message_seq.unwrap_or_default();
            files.entry(place).or_default().push(row.view(&keys)?);
        }
        Ok(files)
    }
}
