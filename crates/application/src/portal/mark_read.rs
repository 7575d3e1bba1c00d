//! What the account has read.

use crate::access::{Access, Action, Caller};
use crate::ports::Store;
use crate::threads::mark_read::place_read;
use crate::{Error, Result};
use threadwell_domain::{MessageId, ThreadId};

/// Marks a thread read for the account, up to a message or to its end. Never moves back.
///
/// # Errors
/// The thread does not exist for the caller, the message is none of its messages, or the database is unavailable.
pub fn mark_read(store: &dyn Store, caller: &Caller, id: ThreadId, up_to: Option<MessageId>) -> Result<()> {
    store.transact(&Access::to_thread(caller, Action::PortalMarkRead, id), |tx| {
        tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        let place = place_read(tx, id, up_to)?;
        let at = tx.now();
        tx.read_cursors().advance(id, place, at)
    })
}
