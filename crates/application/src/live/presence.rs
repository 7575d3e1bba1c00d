//! Who looks at a thread.

use crate::access::{Access, Action, Audience, Caller};
use crate::ports::{Change, Store, ThreadSight, Tx, Viewer, ViewerState, Viewers};
use crate::{Error, Result};
use threadwell_domain::{ChangeKind, SessionId, TenantId, ThreadId};

/// Says what the caller does at a thread, `None` that it left. Gives the others who are there.
///
/// # Errors
/// The thread does not exist for the caller, or the database is unavailable.
pub fn show_presence(
    store: &dyn Store,
    caller: &Caller,
    id: ThreadId,
    state: Option<ViewerState>,
) -> Result<Vec<Viewer>> {
    store.transact(&Access::to_thread(caller, Action::ShowPresence, id), |tx| {
        let actor = tx.staff()?.id();
        let sight = tx.threads().sight(id)?.ok_or(Error::NotFound)?;
        if tx.presences().show(id, state)? {
            tell(tx, sight)?;
        }
        let everybody = tx.presences().at(&[id])?.into_iter().flat_map(|at| at.viewers);
        Ok(everybody.filter(|viewer| viewer.staff != actor).collect())
    })
}

/// Who is at these threads of a practice, for the streams of those who may know.
///
/// # Errors
/// The database is unavailable.
pub fn viewers_of(store: &dyn Store, tenant: TenantId, threads: &[ThreadId]) -> Result<Vec<Viewers>> {
    let watcher = Caller::worker_of(tenant);
    store.transact(&Access::to(&watcher, Action::WatchStreams), |tx| tx.presences().at(threads))
}

/// Ends the presence of a session whose streams have gone.
///
/// # Errors
/// The database is unavailable.
pub fn leave_threads(store: &dyn Store, tenant: TenantId, session: SessionId) -> Result<()> {
    let watcher = Caller::worker_of(tenant);
    store.transact(&Access::to(&watcher, Action::WatchStreams), |tx| {
        let left = tx.presences().leave(session)?;
        left.into_iter().try_for_each(|sight| tell(tx, sight))
    })
}

fn tell(tx: &mut dyn Tx, thread: ThreadSight) -> Result<()> {
    let (audience, kind) = (Audience::Staff, ChangeKind::Presence);
    tx.changes().publish(&Change::Thread { audience, kind, thread, message: None, only: None })
}
