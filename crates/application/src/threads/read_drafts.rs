//! What somebody of the staff has begun to write.

use crate::access::{Access, Action, Caller};
use crate::ports::{KeptDraft, Store};
use crate::{Error, Result};
use threadwell_domain::ThreadId;

/// What the caller has begun to write into a thread: at most a reply and a note.
///
/// # Errors
/// The thread does not exist for the caller, or the database is unavailable.
pub fn read_drafts(store: &dyn Store, caller: &Caller, id: ThreadId) -> Result<Vec<KeptDraft>> {
    store.transact(&Access::to_thread(caller, Action::ReadDrafts, id), |tx| {
        let sight = tx.threads().sight(id)?.ok_or(Error::NotFound)?;
        tx.drafts().of_thread(&sight)
    })
}
