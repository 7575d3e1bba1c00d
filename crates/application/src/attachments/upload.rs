//! The steps of an upload. The bytes come in between them.

use super::late::give_to_sent;
use super::of_side;
use crate::access::{Access, Action, Caller};
use crate::once;
use crate::ports::{AttachmentView, Blob, IdempotencyKey, Receipt, Store, Tx, UploadStep};
use crate::{Error, Result};
use threadwell_domain::attachment::{
    AttachmentState, ContentRefusal, FileName, IllegalStep, RECEIVED_WITHIN, UploadLimits,
};
use threadwell_domain::{AttachmentId, MessageId};

/// Keeps a place for an upload and counts it against the day's quotas; gives the object to store.
///
/// # Errors
/// The caller may not write, a quota is used up, or the database is unavailable.
pub fn begin_upload(
    store: &dyn Store,
    caller: &Caller,
    name: &FileName,
    announced: Option<u64>,
    limits: &UploadLimits,
) -> Result<Blob> {
    let action = of_side(caller, Action::ReserveUpload, Action::PortalReserveUpload);
    store.transact(&Access::to(caller, action), |tx| {
        let counted = limits.counted(announced);
        if !tx.upload_usage().count(counted, limits)? {
            return Err(Error::QuotaExceeded);
        }
        let due = tx.now() + RECEIVED_WITHIN;
        tx.attachments().reserve(name, counted, due)
    })
}

/// Notes that the last byte is stored.
///
/// # Errors
/// The upload was given up meanwhile, or the database is unavailable.
pub fn receive_upload(store: &dyn Store, caller: &Caller, id: AttachmentId, bytes: u64) -> Result<()> {
    let action = of_side(caller, Action::ReserveUpload, Action::PortalReserveUpload);
    store.transact(&Access::to(caller, action), |tx| {
        step(tx, id, Some(bytes), AttachmentState::received).map(drop)
    })
}

/// Hands an upload whose content is of its kind over to the worker, and to a message of the uploader's where an old
/// client names one. Of an upload that is only repeated the first one's answer is given, and this one is given up.
///
/// # Errors
/// The message is none of the caller's, too old or has too many files, the key stands for another upload, the upload was
/// given up meanwhile, the first one is gone, or the database is unavailable.
pub fn finish_upload(
    store: &dyn Store,
    caller: &Caller,
    id: AttachmentId,
    message: Option<MessageId>,
    limits: &UploadLimits,
    key: Option<&IdempotencyKey>,
) -> Result<(Receipt, AttachmentView)> {
    let action = of_side(caller, Action::UploadAttachment, Action::PortalUploadAttachment);
    store.transact(&Access::to(caller, action), |tx| {
        let receipt = once(tx, "attachment.upload", key, |tx| {
            step(tx, id, None, AttachmentState::accepted)?;
            if let Some(message) = message {
                give_to_sent(tx, id, message, limits)?;
            }
            Ok(Receipt { attachment: Some(id), ..Receipt::default() })
        })?;
        if receipt.is_replay {
            step(tx, id, Some(0), AttachmentState::swept)?;
        }
        let kept = receipt.attachment.ok_or(Error::NotFound)?;
        let found = tx.attachments().find(kept)?.ok_or(Error::NotFound)?;
        Ok((receipt, found.view))
    })
}

/// Refuses an upload for its content. What came stays counted: looking into it was work.
///
/// # Errors
/// The upload was given up meanwhile, or the database is unavailable.
pub fn refuse_upload(
    store: &dyn Store,
    caller: &Caller,
    id: AttachmentId,
    refusal: ContentRefusal,
) -> Result<()> {
    let action = of_side(caller, Action::RefuseUpload, Action::PortalRefuseUpload);
    store.transact(&Access::to(caller, action), |tx| {
        step(tx, id, None, |state| state.rejected(refusal)).map(drop)
    })
}

/// Gives up an upload that broke off or cannot be kept. It stays counted if it was the uploader who got it wrong.
///
/// # Errors
/// The database is unavailable.
pub fn abandon_upload(
    store: &dyn Store,
    caller: &Caller,
    id: AttachmentId,
    stays_counted: bool,
) -> Result<()> {
    let action = of_side(caller, Action::ReserveUpload, Action::PortalReserveUpload);
    let bytes = (!stays_counted).then_some(0);
    store.transact(&Access::to(caller, action), |tx| step(tx, id, bytes, AttachmentState::swept).map(drop))
}

/// Takes a step, and takes back what was counted too much once the size is known.
fn step(
    tx: &mut dyn Tx,
    id: AttachmentId,
    bytes: Option<u64>,
    rule: impl FnOnce(AttachmentState) -> std::result::Result<AttachmentState, IllegalStep>,
) -> Result<AttachmentState> {
    let found = tx.attachments().find(id)?.ok_or(Error::NotFound)?;
    let from = found.view.state;
    let to = rule(from).map_err(|_| Error::NotFound)?;
    let gives_up = matches!(to, AttachmentState::Rejected(_) | AttachmentState::Swept);
    let due = if gives_up { Some(tx.now()) } else { to.due(tx.now(), false) };
    // A place that was kept falls due by the time of its making.
    let due = if to == AttachmentState::Received { to.due(found.created_at, false) } else { due };
    let kept = bytes.filter(|_| !gives_up);
    if !tx.attachments().step(id, UploadStep { from, to, bytes: kept, due })? {
        return Err(Error::NotFound);
    }
    let counted = u64::try_from(found.view.size_bytes).unwrap_or_default();
    if let Some(excess) = bytes.and_then(|bytes| counted.checked_sub(bytes)).filter(|excess| *excess > 0) {
        tx.upload_usage().uncount(excess, found.created_at)?;
    }
    Ok(to)
}
