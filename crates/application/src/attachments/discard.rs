//! Throwing an upload away that no message has.

use super::of_side;
use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{Store, UploadStep};
use crate::{Error, Result};
use threadwell_domain::AttachmentId;

/// Throws an upload of the caller away. What a message has is part of the record and stays.
///
/// # Errors
/// There is no such file for the caller, a message has it (`FileSent`), or the database is unavailable.
pub fn discard_attachment(store: &dyn Store, caller: &Caller, id: AttachmentId) -> Result<()> {
    let action = of_side(caller, Action::DiscardAttachment, Action::PortalDiscardAttachment);
    store.transact(&Access::to(caller, action).about(Subject::Attachment(id)), |tx| {
        let found = tx.attachments().find(id)?.ok_or(Error::NotFound)?;
        if found.thread.is_some() {
            return Err(Error::FileSent);
        }
        let to = found.view.state.swept().map_err(|_| Error::NotFound)?;
        let step = UploadStep { from: found.view.state, to, bytes: None, due: Some(tx.now()) };
        // Only a message can have been faster.
        if tx.attachments().step(id, step)? { Ok(()) } else { Err(Error::FileSent) }
    })
}
