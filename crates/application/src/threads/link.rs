//! Links between threads: for staff alone, and for both threads at once.

use crate::access::{Access, Action, Caller};
use crate::ports::{Store, Tx};
use crate::{Error, FieldProblem, Result, tell};
use threadwell_domain::thread::Thread;
use threadwell_domain::{ChangeKind, ThreadId};

/// The most threads that one thread is linked to.
pub const MOST_LINKS: usize = 50;

/// Links two threads. Linking them again changes nothing. Neither moves: a patient's side has nothing to see of it.
///
/// # Errors
/// The thread does not exist for the caller; the other does not, or is the same (`Invalid`); one of them has as many
/// links as there can be (`LimitReached`); or the database is unavailable.
pub fn link_threads(store: &dyn Store, caller: &Caller, id: ThreadId, other: ThreadId) -> Result<()> {
    store.transact(&Access::to_thread(caller, Action::LinkThreads, id), |tx| {
        let pair = both(tx, id, other)?.ok_or_else(|| Error::field("/threadId", FieldProblem::Invalid))?;
        if tx.links().exists(id, other)? {
            return Ok(());
        }
        for end in [id, other] {
            if tx.links().count(end)? >= MOST_LINKS {
                return Err(Error::LimitReached);
            }
        }
        let by = tx.staff()?.id();
        tx.links().add(id, other, by)?;
        tell_of(tx, &pair)
    })
}

/// Parts two threads.
///
/// # Errors
/// They are not linked, or one of them does not exist for the caller; or the database is unavailable.
pub fn unlink_threads(store: &dyn Store, caller: &Caller, id: ThreadId, other: ThreadId) -> Result<()> {
    store.transact(&Access::to_thread(caller, Action::UnlinkThreads, id), |tx| {
        let pair = both(tx, id, other)?.ok_or(Error::NotFound)?;
        if !tx.links().remove(id, other)? {
            return Err(Error::NotFound);
        }
        tell_of(tx, &pair)
    })
}

/// The two threads, locked; nothing where the other one is not there or is the same.
fn both(tx: &mut dyn Tx, id: ThreadId, other: ThreadId) -> Result<Option<[Thread; 2]>> {
    let found = tx.threads().find_all_for_update(&[id, other])?;
    if !found.iter().any(|thread| thread.facts().id == id) {
        return Err(Error::NotFound);
    }
    Ok(found.try_into().ok())
}

fn tell_of(tx: &mut dyn Tx, pair: &[Thread; 2]) -> Result<()> {
    pair.iter().try_for_each(|thread| tell::staff(tx, ChangeKind::Links, thread.facts(), None))
}
