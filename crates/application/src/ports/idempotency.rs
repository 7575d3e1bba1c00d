//! One effect per request, however often it is repeated.

use crate::Result;
use threadwell_domain::{
    AttachmentId, BulkActId, CannedResponseId, EmergencyAccessId, MessageId, PatientId, StaffId, TeamId,
    ThreadId, ViewId,
};
use uuid::Uuid;

/// A client's key together with a fingerprint of the request that it stands for.
#[derive(Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// 1 to 255 visible ASCII characters.
    pub key: String,
    /// SHA-256 over the canonical request; the store keeps it under a keyed hash, since messages can be guessed.
    pub fingerprint: [u8; 32],
}

impl std::fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdempotencyKey")
    }
}

/// What was created; all that an answer to a create or send holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Receipt {
    /// The thread, where one was created.
    pub thread: Option<ThreadId>,
    /// The message.
    pub message: Option<MessageId>,
    /// The prepared answer.
    pub canned_response: Option<CannedResponseId>,
    /// The file.
    pub attachment: Option<AttachmentId>,
    /// The act on many threads.
    pub bulk_act: Option<BulkActId>,
    /// The view of the inbox.
    pub view: Option<ViewId>,
    /// The team.
    pub team: Option<TeamId>,
    /// The member of the staff.
    pub staff: Option<StaffId>,
    /// The patient.
    pub patient: Option<PatientId>,
    /// The link that was mailed.
    pub link: Option<Uuid>,
    /// The emergency access.
    pub emergency: Option<EmergencyAccessId>,
    /// Whether this is the first answer given again.
    pub is_replay: bool,
}

/// First answers, kept for 24 hours under actor, operation and key.
pub trait Idempotency {
    /// Claims the key for this transaction. Gives the first answer if there was one.
    ///
    /// # Errors
    /// `IdempotencyInProgress` if another transaction holds the key, `IdempotencyKeyReused` if it stands for
    /// another request, or an unavailable database.
    fn claim(&mut self, operation: &str, key: &IdempotencyKey) -> Result<Option<Receipt>>;

    /// Keeps the answer, with the effect.
    ///
    /// # Errors
    /// An unavailable database.
    fn keep(&mut self, operation: &str, key: &IdempotencyKey, receipt: &Receipt) -> Result<()>;
}
