//! Files of messages that were sent before: old clients send first and upload afterwards.

use super::take_along;
use crate::access::Actor;
use crate::ports::{ThreadTexts, Tx};
use crate::{Error, FieldProblem, Result, tell};
use threadwell_domain::attachment::{TAKES_FILES_FOR, UploadLimits};
use threadwell_domain::message::SenderKind;
use threadwell_domain::thread::Status;
use threadwell_domain::{AttachmentId, ChangeKind, MessageId};

/// Gives an upload to a message that its uploader sent a little while ago. A patient's thread must still be open; what
/// is closed or older is answered like a message that there is none of.
pub(super) fn give_to_sent(
    tx: &mut dyn Tx,
    id: AttachmentId,
    message: MessageId,
    limits: &UploadLimits,
) -> Result<()> {
    let unknown = || Error::field("/messageId", FieldProblem::Invalid);
    let now = tx.now();
    let sent = tx.attachments().own_message(message)?.ok_or_else(unknown)?;
    let thread = tx.threads().find_for_update(sent.place.thread)?.ok_or_else(unknown)?;
    let is_patients = matches!(tx.actor(), Actor::Portal(_));
    let is_over = is_patients && thread.facts().state.status() == Status::Closed;
    if is_over || now - sent.sent_at > TAKES_FILES_FOR {
        return Err(unknown());
    }
    if !tx.attachments().extend(&sent.place, limits)? {
        return Err(Error::TooManyFiles);
    }
    take_along(tx, &[id], &sent.place)?;
    if sent.place.is_internal {
        return tell::staff(tx, ChangeKind::File, thread.facts(), Some(message));
    }
    let by = if is_patients { SenderKind::Patient } else { SenderKind::Staff };
    let thread = thread.file_added(by, now);
    tx.threads().save(&thread, ThreadTexts::default())?;
    tell::both(tx, ChangeKind::File, thread.facts(), Some(message))
}
