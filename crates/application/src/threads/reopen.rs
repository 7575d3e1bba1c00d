//! Opening a closed thread again.

use super::check_version;
use crate::access::{Access, Action, Caller};
use crate::ports::{StaffThreadDetail, Store, ThreadTexts};
use crate::{Error, Result, tell};
use threadwell_domain::ThreadId;

/// Opens a closed thread again; whoever had it has it still.
///
/// # Errors
/// The thread does not exist for the caller, is not closed or at another version, or the database is unavailable.
pub fn reopen_thread(
    store: &dyn Store,
    caller: &Caller,
    id: ThreadId,
    if_match: Option<i32>,
) -> Result<StaffThreadDetail> {
    store.transact(&Access::to_thread(caller, Action::ReopenThread, id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        check_version(&thread, if_match)?;
        let open = thread.clone().reopen(tx.now())?;
        tx.threads().save(&open, ThreadTexts { close_reason: Some(None), ..ThreadTexts::default() })?;
        tell::moved(tx, thread.facts(), open.facts())?;
        tx.inbox().detail(id)?.ok_or(Error::NotFound)
    })
}
