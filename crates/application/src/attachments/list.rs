//! The files of a thread.

use super::of_side;
use crate::access::{Access, Action, Caller};
use crate::ports::{Store, ThreadAttachment};
use crate::{Error, Result};
use threadwell_domain::ThreadId;

/// The files of a thread that the caller may see, oldest message first.
///
/// # Errors
/// The thread does not exist for the caller, or the database is unavailable.
pub fn list_attachments(
    store: &dyn Store,
    caller: &Caller,
    thread: ThreadId,
) -> Result<Vec<ThreadAttachment>> {
    let action = of_side(caller, Action::ListAttachments, Action::PortalListAttachments);
    store.transact(&Access::to_thread(caller, action, thread), |tx| {
        tx.attachments().of_thread(thread)?.ok_or(Error::NotFound)
    })
}
