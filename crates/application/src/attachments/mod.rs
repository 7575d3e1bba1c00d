//! What people do with files: upload, look after, download, throw away.
//!
//! Bytes never pass through here: a use case moves a row and says which object to store or open. Both sides have the
//! same use cases, each under an action of its own.

mod discard;
mod late;
mod list;
mod open;
mod read;
mod upload;

pub use discard::discard_attachment;
pub use list::list_attachments;
pub use open::{OpenedFile, Rendition, open_attachment};
pub use read::{read_attachment, read_limits};
pub use upload::{abandon_upload, begin_upload, finish_upload, receive_upload, refuse_upload};

use crate::access::{Action, Caller, Credential};
use crate::ports::{MessagePlace, Tx};
use crate::{Error, FieldProblem, Result};
use threadwell_domain::AttachmentId;
use threadwell_domain::attachment::UploadLimits;

/// The action of the side that the caller comes from.
fn of_side(caller: &Caller, staff: Action, portal: Action) -> Action {
    match &caller.credential {
        Credential::Portal(_) => portal,
        Credential::Staff(_)
        | Credential::Visitor { .. }
        | Credential::Worker(_)
        | Credential::Operator(_) => staff,
    }
}

/// Refuses a message with too many files, or with one file twice.
pub(crate) fn check_count(ids: &[AttachmentId]) -> Result<()> {
    if !UploadLimits::default().admits_files(0, ids.len()) {
        return Err(Error::TooManyFiles);
    }
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.len() == ids.len() {
        Ok(())
    } else {
        Err(Error::field("/attachmentIds", FieldProblem::Conflict))
    }
}

/// Lets a message that was stored take uploads of its author along.
pub(crate) fn take_along(tx: &mut dyn Tx, ids: &[AttachmentId], place: &MessagePlace) -> Result<()> {
    if ids.is_empty() || tx.attachments().claim(ids, place)? {
        Ok(())
    } else {
        Err(Error::AttachmentNotFound)
    }
}
