//! How a message takes files along.

use super::rows::place_column;
use crate::errors::unavailable;
use crate::schema::attachment;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Bytea, Integer, Timestamptz, Uuid as SqlUuid};
use threadwell_application::ports::{MessagePlace, OwnMessage, Readable};
use threadwell_application::{Error, Result};
use threadwell_domain::attachment::UploadLimits;
use threadwell_domain::thread::Seq;
use threadwell_domain::{AttachmentId, MessageId, Moment, PatientId, ThreadId};
use uuid::Uuid;

type SealedRow = (Uuid, Vec<u8>, Vec<u8>);

impl PgTransaction<'_> {
    /// Locks the uploads and gives each to the message: name and key are sealed anew for their place.
    pub(super) fn claim_all(&mut self, ids: &[AttachmentId], place: &MessagePlace) -> Result<bool> {
        let query = Statement::<(SqlUuid, Bytea, Bytea)>::new(
            "SELECT a.id, a.file_name_enc, a.key_enc FROM attachment a WHERE a.tenant_id = ",
        )
        .uuid(self.tenant_id())
        .sql(" AND a.id = ANY (")
        .uuids(ids.iter().map(|id| id.uuid()).collect())
        .sql(") AND a.state IN (2, 3, 4, 5, 6) AND ");
        let rows: Vec<SealedRow> = self
            .own_unsent(query)?
            .sql(" ORDER BY a.id FOR NO KEY UPDATE")
            .load(self.conn)
            .map_err(unavailable)?;
        if rows.len() != ids.len() {
            return Ok(false);
        }
        for row in rows {
            if !self.give(row, place)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn give(&mut self, (id, name, key): SealedRow, place: &MessagePlace) -> Result<bool> {
        let keys = self.keys()?;
        let opened = keys.open("attachment", &place_column("file_name_enc", None), id, &name);
        let key = keys.open_key("attachment", &place_column("key_enc", None), id, &key);
        let (Readable::Intact(name), Some(key)) = (opened, key) else { return Ok(false) };
        let at = Some((place.thread.uuid(), place.patient.uuid(), place.is_internal));
        let name = keys.seal("attachment", &place_column("file_name_enc", at), id, name.expose())?;
        let key = keys.seal_key("attachment", &place_column("key_enc", at), id, &key)?;
        let given = diesel::update(attachment::table)
            .filter(attachment::tenant_id.eq(self.tenant_id()))
            .filter(attachment::id.eq(id))
            .filter(attachment::thread_id.is_null())
            .set((
                attachment::patient_id.eq(place.patient.uuid()),
                attachment::thread_id.eq(place.thread.uuid()),
                attachment::message_seq.eq(place.seq.0),
                attachment::is_internal.eq(place.is_internal),
                attachment::claimed_at.eq(self.now),
                attachment::file_name_enc.eq(name),
                attachment::key_enc.eq(key),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.trail.attachment(AttachmentId::new(id));
        Ok(given == 1)
    }

    /// A message of the actor's, with its place.
    pub(super) fn find_own_message(&mut self, message: MessageId) -> Result<Option<OwnMessage>> {
        let uploader = self.uploader()?;
        let query = Statement::<(SqlUuid, Integer, SqlUuid, Bool, Timestamptz)>::new(
            "SELECT m.thread_id, m.seq, m.patient_id, m.is_internal, m.sent_at FROM message m WHERE m.tenant_id = ",
        )
        .uuid(self.tenant_id())
        .sql(" AND m.id = ")
        .uuid(message.uuid())
        .sql(" AND ");
        let query = match (uploader.account, uploader.patient) {
            (Some(account), Some(patient)) => {
                query.sql("m.account_id = ").uuid(account).sql(" AND m.patient_id = ").uuid(patient)
            }
            _ => query.sql("m.staff_id = ").uuid(uploader.staff.unwrap_or_default()),
        };
        let found: Option<(Uuid, i32, Uuid, bool, Moment)> =
            query.get_result(self.conn).optional().map_err(unavailable)?;
        Ok(found.map(|(thread, seq, patient, is_internal, sent_at)| OwnMessage {
            place: MessagePlace {
                thread: ThreadId::new(thread),
                seq: Seq(seq),
                patient: PatientId::new(patient),
                is_internal,
            },
            sent_at,
        }))
    }

    /// Counts one more file to a message.
    pub(super) fn count_further_file(&mut self, place: &MessagePlace, limits: &UploadLimits) -> Result<bool> {
        let most = i32::try_from(limits.files_per_message).map_err(Error::unavailable)?;
        let counted = Statement::<()>::new(
            "UPDATE message m SET attachment_count = attachment_count + 1 WHERE m.attachment_count < ",
        )
        .int(most)
        .sql(" AND m.tenant_id = ")
        .uuid(self.tenant_id())
        .sql(" AND m.thread_id = ")
        .uuid(place.thread.uuid())
        .sql(" AND m.seq = ")
        .int(place.seq.0)
        .execute(self.conn)
        .map_err(unavailable)?;
        Ok(counted == 1)
    }
}
