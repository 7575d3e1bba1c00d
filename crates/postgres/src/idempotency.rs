//! First answers, so that a repeated request has no second effect.
//!
//! Neither the client's key nor the request's fingerprint is kept in a form that could be guessed back: both are
//! hashed under the practice's key. The answer itself is sealed.

use crate::errors::{corrupt, unavailable};
use crate::keys::TenantKeys;
use crate::read_cursors::{ACCOUNT_READER, STAFF_READER};
use crate::schema::idempotency_key;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel::upsert::excluded;
use std::fmt::Write;
use threadwell_application::access::Actor;
use threadwell_application::ports::{Idempotency, IdempotencyKey, Readable, Receipt};
use threadwell_application::{Error, Result};
use threadwell_crypto::Scope;
use threadwell_domain::{
    AttachmentId, BulkActId, CannedResponseId, EmergencyAccessId, MessageId, PatientId, StaffId, TeamId,
    ThreadId, ViewId,
};
use uuid::Uuid;

const KEPT_FOR: Duration = Duration::hours(24);
const KEY: Scope = Scope::new("idempotency-key");
const FINGERPRINT: Scope = Scope::new("idempotency-fingerprint");
const LOCK: Scope = Scope::new("idempotency-lock");

impl Idempotency for PgTransaction<'_> {
    fn claim(&mut self, operation: &str, key: &IdempotencyKey) -> Result<Option<Receipt>> {
        let keys = self.keys()?;
        let owner = self.key_owner()?;
        let named = owner.name(operation, key);
        if !self.try_lock(keys.index().token(LOCK, &named)).map_err(unavailable)? {
            return Err(Error::IdempotencyInProgress);
        }
        let found: Option<(Uuid, Vec<u8>, Vec<u8>)> = idempotency_key::table
            .filter(idempotency_key::tenant_id.eq(self.tenant_id()))
            .filter(idempotency_key::actor_kind.eq(owner.kind))
            .filter(idempotency_key::actor_id.eq(owner.id))
            .filter(idempotency_key::key_hash.eq(keys.index().hash(KEY, &named).to_vec()))
            .filter(idempotency_key::expires_at.gt(self.now))
            .select((idempotency_key::id, idempotency_key::fingerprint, idempotency_key::receipt_enc))
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some((id, fingerprint, receipt)) = found else { return Ok(None) };
        if fingerprint != hashed_fingerprint(&keys, key) {
            return Err(Error::IdempotencyKeyReused);
        }
        self.trail.replay();
        open_receipt(&keys, id, &receipt).map(Some)
    }

    fn keep(&mut self, operation: &str, key: &IdempotencyKey, receipt: &Receipt) -> Result<()> {
        let keys = self.keys()?;
        let owner = self.key_owner()?;
        let (id, named) = (self.new_id(), owner.name(operation, key));
        diesel::insert_into(idempotency_key::table)
            .values((
                idempotency_key::tenant_id.eq(self.tenant_id()),
                idempotency_key::actor_kind.eq(owner.kind),
                idempotency_key::actor_id.eq(owner.id),
                idempotency_key::key_hash.eq(keys.index().hash(KEY, &named).to_vec()),
                idempotency_key::id.eq(id),
                idempotency_key::fingerprint.eq(hashed_fingerprint(&keys, key)),
                idempotency_key::receipt_enc.eq(seal_receipt(&keys, id, receipt)?),
                idempotency_key::created_at.eq(self.now),
                idempotency_key::expires_at.eq(self.now + KEPT_FOR),
            ))
            // Only a row whose day is over can be in the way: the claim holds the key's lock.
            .on_conflict((
                idempotency_key::tenant_id,
                idempotency_key::actor_kind,
                idempotency_key::actor_id,
                idempotency_key::key_hash,
            ))
            .do_update()
            .set((
                idempotency_key::id.eq(excluded(idempotency_key::id)),
                idempotency_key::fingerprint.eq(excluded(idempotency_key::fingerprint)),
                idempotency_key::receipt_enc.eq(excluded(idempotency_key::receipt_enc)),
                idempotency_key::created_at.eq(excluded(idempotency_key::created_at)),
                idempotency_key::expires_at.eq(excluded(idempotency_key::expires_at)),
            ))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }
}

/// Whose key it is: keys of different people, and of one account for different patients, never meet.
struct KeyOwner {
    kind: i16,
    id: Uuid,
    patient: Option<Uuid>,
}

impl KeyOwner {
    fn name(&self, operation: &str, key: &IdempotencyKey) -> String {
        let Self { kind, id, patient } = self;
        let patient = patient.unwrap_or_default();
        format!("{kind}/{id}/{patient}/{}/{operation}/{}", operation.len(), key.key)
    }
}

impl PgTransaction<'_> {
    fn key_owner(&self) -> Result<KeyOwner> {
        match &self.actor {
            Actor::Staff(staff) => Ok(KeyOwner { kind: STAFF_READER, id: staff.id().uuid(), patient: None }),
            Actor::Portal(account) => Ok(KeyOwner {
                kind: ACCOUNT_READER,
                id: account.account().uuid(),
                patient: account.patient().map(threadwell_domain::PatientId::uuid),
            }),
            Actor::Visitor | Actor::Worker | Actor::Operator => Err(Error::Denied),
        }
    }

    /// Takes the lock of a key until the transaction ends, without waiting.
    fn try_lock(&mut self, lock: i64) -> QueryResult<bool> {
        let (got,): (bool,) = Statement::<(Bool,)>::new("SELECT pg_try_advisory_xact_lock(")
            .big_int(lock)
            .sql(")")
            .get_result(self.conn)?;
        Ok(got)
    }
}

fn hashed_fingerprint(keys: &TenantKeys, key: &IdempotencyKey) -> Vec<u8> {
    let mut hex = String::with_capacity(64);
    for byte in key.fingerprint {
        // Writing into a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    keys.index().hash(FINGERPRINT, &hex).to_vec()
}

fn seal_receipt(keys: &TenantKeys, row: Uuid, receipt: &Receipt) -> Result<Vec<u8>> {
    let text = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let parts = [
        text(receipt.thread.map(ThreadId::uuid)),
        text(receipt.message.map(MessageId::uuid)),
        text(receipt.canned_response.map(CannedResponseId::uuid)),
        text(receipt.attachment.map(AttachmentId::uuid)),
        text(receipt.bulk_act.map(BulkActId::uuid)),
        text(receipt.view.map(ViewId::uuid)),
        text(receipt.team.map(TeamId::uuid)),
        text(receipt.staff.map(StaffId::uuid)),
        text(receipt.patient.map(PatientId::uuid)),
        text(receipt.link),
        text(receipt.emergency.map(EmergencyAccessId::uuid)),
    ];
    keys.seal("idempotency_key", "receipt_enc", row, &parts.join(" "))
}

/// An answer that cannot be read is no answer: the request fails rather than having its effect twice.
fn open_receipt(keys: &TenantKeys, row: Uuid, sealed: &[u8]) -> Result<Receipt> {
    let corrupt = || corrupt("idempotency_key", "receipt_enc", row);
    let Readable::Intact(text) = keys.open("idempotency_key", "receipt_enc", row, sealed) else {
        return Err(corrupt());
    };
    let mut ids = text.expose().split(' ').map(|part| match part {
        "" => Ok(None),
        id => Uuid::parse_str(id).map(Some).map_err(|_| corrupt()),
    });
    let mut next = || ids.next().transpose().map(Option::flatten);
    Ok(Receipt {
        thread: next()?.map(ThreadId::new),
        message: next()?.map(MessageId::new),
        canned_response: next()?.map(CannedResponseId::new),
        attachment: next()?.map(AttachmentId::new),
        // Answers of earlier builds end here.
        bulk_act: next()?.map(BulkActId::new),
        view: next()?.map(ViewId::new),
        team: next()?.map(TeamId::new),
        staff: next()?.map(StaffId::new),
        patient: next()?.map(PatientId::new),
        link: next()?,
        emergency: next()?.map(EmergencyAccessId::new),
        is_replay: true,
    })
}
