//! Files of messages that are brought in with their history.

use crate::attachments::place_column;
use crate::errors::unavailable;
use crate::schema::attachment;
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use threadwell_application::ports::{Blob, BlobKey, BlobName, NewFile, Sender, Work};
use threadwell_application::{Error, Result};
use threadwell_crypto::random;
use threadwell_domain::AttachmentId;
use threadwell_domain::attachment::AttachmentState;

/// The bytes are stored when the transaction has ended; until then the worker leaves the file alone.
const STORED_WITHIN: Duration = Duration::seconds(10);

impl PgTransaction<'_> {
    /// As an upload would stand that its message took along at once.
    pub(super) fn bring_in_file(&mut self, file: &NewFile<'_>) -> Result<Blob> {
        let keys = self.keys()?;
        let id = self.new_id();
        let name = BlobName::new(*random::bytes::<16>().map_err(Error::unavailable)?);
        let key = BlobKey(random::bytes::<32>().map_err(Error::unavailable)?);
        let (staff, account) = match file.sender {
            Sender::Staff(staff) => (Some(staff.uuid()), None),
            Sender::Patient { account, .. } => (None, Some(account.uuid())),
            Sender::System => return Err(Error::NotFound),
        };
        let place = file.place;
        let at = Some((place.thread.uuid(), place.patient.uuid(), place.is_internal));
        let name_enc =
            keys.seal("attachment", &place_column("file_name_enc", at), id, file.name.as_phi().expose())?;
        let key_enc = keys.seal_key("attachment", &place_column("key_enc", at), id, &key.0)?;
        diesel::insert_into(attachment::table)
            .values((
                attachment::tenant_id.eq(self.tenant_id()),
                attachment::id.eq(id),
                (
                    attachment::patient_id.eq(place.patient.uuid()),
                    attachment::staff_id.eq(staff),
                    attachment::account_id.eq(account),
                    attachment::thread_id.eq(place.thread.uuid()),
                    attachment::message_seq.eq(place.seq.0),
                    attachment::is_internal.eq(place.is_internal),
                ),
                attachment::kind.eq(file.name.kind().code()),
                attachment::state.eq(AttachmentState::Scanning.code()),
                attachment::file_name_enc.eq(name_enc),
                attachment::key_enc.eq(key_enc),
                attachment::blob.eq(name.bytes().to_vec()),
                attachment::size_bytes.eq(i64::try_from(file.bytes).map_err(Error::unavailable)?),
                (attachment::created_at.eq(file.sent_at), attachment::claimed_at.eq(file.sent_at)),
                attachment::due_at.eq(self.now + STORED_WITHIN),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.wake(Work::Files);
        Ok(Blob { tenant: self.tenant, attachment: AttachmentId::new(id), name, key })
    }
}
