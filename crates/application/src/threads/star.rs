//! Stars, by which one person keeps threads at hand.

use crate::access::{Access, Action, Caller};
use crate::ports::Store;
use crate::{Error, Result, tell};
use threadwell_domain::{ChangeKind, ThreadId};

/// Gives the thread the caller's star; nobody else sees it. A second one changes nothing.
///
/// # Errors
/// The thread does not exist for the caller, or the database is unavailable.
pub fn star(store: &dyn Store, caller: &Caller, id: ThreadId) -> Result<()> {
    set(store, caller, (Action::StarThread, id), true)
}

/// Takes the caller's star away.
///
/// # Errors
/// The thread does not exist for the caller, or the database is unavailable.
pub fn unstar(store: &dyn Store, caller: &Caller, id: ThreadId) -> Result<()> {
    set(store, caller, (Action::UnstarThread, id), false)
}

fn set(store: &dyn Store, caller: &Caller, (act, id): (Action, ThreadId), is_starred: bool) -> Result<()> {
    store.transact(&Access::to_thread(caller, act, id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        tx.read_cursors().set_star(id, is_starred)?;
        let caller = tx.staff()?.id();
        tell::only(tx, ChangeKind::Read, thread.facts(), caller)
    })
}
