//! Putting closed threads away.

use super::check_version;
use crate::access::{Access, Action, Caller};
use crate::ports::{StaffThreadDetail, Store, ThreadTexts, Tx};
use crate::{Error, Result, tell};
use threadwell_domain::ThreadId;
use threadwell_domain::thread::Thread;

/// Archives a closed thread. Archiving it again changes nothing.
///
/// # Errors
/// The thread does not exist for the caller, is not closed or at another version, or the database is unavailable.
pub fn archive_thread(
    store: &dyn Store,
    caller: &Caller,
    id: ThreadId,
    if_match: Option<i32>,
) -> Result<StaffThreadDetail> {
    store.transact(&Access::to_thread(caller, Action::ArchiveThread, id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        check_version(&thread, if_match)?;
        let archived = thread.clone().archive(tx.now())?;
        save(tx, &thread, &archived)?;
        tx.inbox().detail(id)?.ok_or(Error::NotFound)
    })
}

/// Fetches an archived thread back; it stays closed.
///
/// # Errors
/// The thread does not exist for the caller or is at another version, or the database is unavailable.
pub fn unarchive_thread(
    store: &dyn Store,
    caller: &Caller,
    id: ThreadId,
    if_match: Option<i32>,
) -> Result<StaffThreadDetail> {
    store.transact(&Access::to_thread(caller, Action::UnarchiveThread, id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        check_version(&thread, if_match)?;
        let present = thread.clone().unarchive(tx.now());
        save(tx, &thread, &present)?;
        tx.inbox().detail(id)?.ok_or(Error::NotFound)
    })
}

/// Saves what was moved, and tells of it.
fn save(tx: &mut dyn Tx, before: &Thread, after: &Thread) -> Result<()> {
    if before.facts() == after.facts() {
        return Ok(());
    }
    tx.threads().save(after, ThreadTexts::default())?;
    tell::moved(tx, before.facts(), after.facts())
}
