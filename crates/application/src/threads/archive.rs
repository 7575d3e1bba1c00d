//! Putting closed threads away.

use super::check_version;
use crate::access::{Access, Action, Caller};
use crate::ports::{StaffThreadDetail, Store, ThreadTexts};
use crate::{Error, Result, tell};
use threadwell_domain::thread::Thread;
use threadwell_domain::{Moment, ThreadId};

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
    let access = Access::to_thread(caller, Action::ArchiveThread, id);
    moved(store, &access, (id, if_match), |thread, now| Ok(thread.archive(now)?))
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
    let access = Access::to_thread(caller, Action::UnarchiveThread, id);
    moved(store, &access, (id, if_match), |thread, now| Ok(thread.unarchive(now)))
}

/// Moves a thread, tells of it where that changed anything, and shows it as it is now.
fn moved(
    store: &dyn Store,
    access: &Access<'_>,
    (id, if_match): (ThreadId, Option<i32>),
    to: impl FnOnce(Thread, Moment) -> Result<Thread>,
) -> Result<StaffThreadDetail> {
    store.transact(access, |tx| {
        let before = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        check_version(&before, if_match)?;
        let after = to(before.clone(), tx.now())?;
        if before.facts() != after.facts() {
            tx.threads().save(&after, ThreadTexts::default())?;
            tell::moved(tx, before.facts(), after.facts())?;
        }
        tx.inbox().detail(id)?.ok_or(Error::NotFound)
    })
}
