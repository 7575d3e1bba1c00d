//! How a message takes files along.

use super::rows::place_column;
use crate::errors::unavailable;
use crate::schema::attachment;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Bytea, Integer, Uuid as SqlUuid};
use threadwell_application::ports::{MessagePlace, Readable};
use threadwell_application::{Error, Result};
use threadwell_domain::attachment::UploadLimits;
use threadwell_domain::thread::Seq;
use threadwell_domain::{AttachmentId, MessageId, PatientId, ThreadId};
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
        Ok(given == 1)
    }

    /// Counts one more file to a message that the actor wrote.
    pub(super) fn count_further_file(
        &mut self,
        message: MessageId,
        limits: &UploadLimits,
    ) -> Result<Option<MessagePlace>> {
        let most = i32::try_from(limits.files_per_message).map_err(Error::unavailable)?;
        let query = Statement::<(SqlUuid, Integer, SqlUuid, Bool)>::new(
            "UPDATE message m SET attachment_count = attachment_count + 1 WHERE m.attachment_count < ",
        )
        .int(most)
        .sql(" AND ");
        let counted: Option<(Uuid, i32, Uuid, bool)> = self
            .own_message(query, message)?
            .sql(" RETURNING m.thread_id, m.seq, m.patient_id, m.is_internal")
            .get_result(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some((thread, seq, patient, is_internal)) = counted else {
            let query = Statement::<(SqlUuid,)>::new("SELECT m.thread_id FROM message m WHERE ");
            let full: Option<(Uuid,)> =
                self.own_message(query, message)?.get_result(self.conn).optional().map_err(unavailable)?;
            return if full.is_some() { Err(Error::TooManyFiles) } else { Ok(None) };
        };
        let thread = ThreadId::new(thread);
        if self.visible_thread(thread)?.is_none() {
            return Ok(None);
        }
        Ok(Some(MessagePlace { thread, seq: Seq(seq), patient: PatientId::new(patient), is_internal }))
    }

    fn own_message<Row>(&self, query: Statement<Row>, message: MessageId) -> Result<Statement<Row>> {
        let uploader = self.uploader()?;
        let query = query
            .sql("m.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND m.id = ")
            .uuid(message.uuid())
            .sql(" AND ");
        Ok(match (uploader.account, uploader.patient) {
            (Some(account), Some(patient)) => {
                query.sql("m.account_id = ").uuid(account).sql(" AND m.patient_id = ").uuid(patient)
            }
            _ => query.sql("m.staff_id = ").uuid(uploader.staff.unwrap_or_default()),
        })
    }
}
