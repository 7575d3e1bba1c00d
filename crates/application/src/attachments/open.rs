//! Opening a file for download. Rights are asked through its thread each time.

use super::of_side;
use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{FoundAttachment, Readable, Store, StoredObject};
use crate::{Error, Result};
use threadwell_domain::AttachmentId;
use threadwell_domain::attachment::AttachmentState;

/// Which of a file's objects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rendition {
    /// The file.
    Whole,
    /// The small picture of it.
    Thumbnail,
}

/// A file whose bytes may leave.
#[derive(Clone, Debug)]
pub struct OpenedFile {
    /// The object to open.
    pub object: StoredObject,
    /// The file's name.
    pub filename: Readable,
}

/// Finds the object of a file that the caller may download.
///
/// # Errors
/// There is no such file for the caller, it is refused or has no small picture (`NotFound`), it is still being checked
/// (`FileNotReady`), or the database is unavailable.
pub fn open_attachment(
    store: &dyn Store,
    caller: &Caller,
    id: AttachmentId,
    rendition: Rendition,
) -> Result<OpenedFile> {
    let action = of_side(caller, Action::ReadAttachment, Action::PortalReadAttachment);
    store.transact(&Access::to(caller, action).about(Subject::Attachment(id)), |tx| {
        let found = tx.attachments().find(id)?.ok_or(Error::NotFound)?;
        check(&found, rendition)?;
        let object = match rendition {
            Rendition::Whole => {
                found.object.ok_or_else(|| Error::unavailable("a file's key does not open"))?
            }
            Rendition::Thumbnail => found.thumbnail.ok_or(Error::NotFound)?,
        };
        Ok(OpenedFile { object, filename: found.view.filename })
    })
}

/// **Invariant:** nothing leaves that is not available.
fn check(found: &FoundAttachment, rendition: Rendition) -> Result<()> {
    match found.view.state {
        AttachmentState::Available => Ok(()),
        AttachmentState::Rejected(_) | AttachmentState::Swept => Err(Error::NotFound),
        // A document never gets a small picture, however long one waits.
        _ if rendition == Rendition::Thumbnail && !found.view.kind.is_picture() => Err(Error::NotFound),
        AttachmentState::Reserved
        | AttachmentState::Received
        | AttachmentState::Scanning
        | AttachmentState::Processing
        | AttachmentState::Failed => Err(Error::FileNotReady),
    }
}
