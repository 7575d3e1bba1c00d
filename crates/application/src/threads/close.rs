//! Closing a thread.

use super::check_version;
use crate::access::{Access, Action, Caller};
use crate::ports::{StaffThreadDetail, Store, ThreadTexts};
use crate::{Error, Result, tell};
use threadwell_domain::ThreadId;
use threadwell_domain::thread::CloseReason;

/// Closes a thread, with a reason or without.
///
/// # Errors
/// The thread does not exist for the caller, is closed already or at another version, or the database is unavailable.
pub fn close_thread(
    store: &dyn Store,
    caller: &Caller,
    id: ThreadId,
    reason: Option<&CloseReason>,
    if_match: Option<i32>,
) -> Result<StaffThreadDetail> {
    store.transact(&Access::to_thread(caller, Action::CloseThread, id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        check_version(&thread, if_match)?;
        let closed = thread.clone().close(tx.now())?;
        tx.threads().save(&closed, ThreadTexts { close_reason: Some(reason), ..ThreadTexts::default() })?;
        tell::moved(tx, thread.facts(), closed.facts())?;
        tx.inbox().detail(id)?.ok_or(Error::NotFound)
    })
}
