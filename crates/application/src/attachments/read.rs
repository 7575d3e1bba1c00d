//! Looking after a file, and what may be uploaded at all.

use super::of_side;
use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{AttachmentView, Store};
use crate::{Error, Result};
use threadwell_domain::AttachmentId;
use threadwell_domain::attachment::UploadLimits;

/// Where a file is on its way.
///
/// # Errors
/// There is no such file for the caller, or the database is unavailable.
pub fn read_attachment(store: &dyn Store, caller: &Caller, id: AttachmentId) -> Result<AttachmentView> {
    let action = of_side(caller, Action::ReadAttachmentStatus, Action::PortalReadAttachmentStatus);
    store.transact(&Access::to(caller, action).about(Subject::Attachment(id)), |tx| {
        tx.attachments().find(id)?.map(|found| found.view).ok_or(Error::NotFound)
    })
}

/// What may be uploaded, for whoever has a session.
///
/// # Errors
/// The session does not hold, or the database is unavailable.
pub fn read_limits(store: &dyn Store, caller: &Caller, limits: UploadLimits) -> Result<UploadLimits> {
    let action = of_side(caller, Action::ReadLimits, Action::PortalReadLimits);
    store.transact(&Access::to(caller, action), |_| Ok(limits))
}
