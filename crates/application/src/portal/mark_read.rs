//! What the account has read.

use crate::access::{Access, Action, Caller};
use crate::ports::Store;
use crate::threads::mark_read::{place_read, would_move};
use crate::{Error, Result, tell};
use threadwell_domain::{ChangeKind, MessageId, ThreadId};

/// Marks a thread read for the account, up to a message or to its end. Never moves back.
///
/// # Errors
/// The thread does not exist for the caller, the message is none of its messages, or the database is unavailable.
pub fn mark_read(store: &dyn Store, caller: &Caller, id: ThreadId, up_to: Option<MessageId>) -> Result<()> {
    store.transact(&Access::to_thread(caller, Action::PortalMarkRead, id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        let place = place_read(tx, id, up_to)?;
        let at = tx.now();
        let reads_on = would_move(tx, id, place)?;
        tx.read_cursors().advance(id, place, at)?;
        if reads_on { tell::both(tx, ChangeKind::Read, thread.facts(), None) } else { Ok(()) }
    })
}
