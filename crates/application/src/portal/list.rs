//! The patient's threads.

use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{CappedCount, PortalQuery, PortalThreadView, Store};

/// A page of the patient's threads, newest public message first, and whether there are further ones.
///
/// # Errors
/// No patient is chosen, the grant has gone, or the database is unavailable.
pub fn list_threads(
    store: &dyn Store,
    caller: &Caller,
    query: &PortalQuery,
) -> Result<(Vec<PortalThreadView>, bool)> {
    store.transact(&Access::to(caller, Action::PortalListThreads), |tx| tx.portal_inbox().page(query))
}

/// How many threads, not closed, hold messages of staff that the account has not read.
///
/// # Errors
/// No patient is chosen, the grant has gone, or the database is unavailable.
pub fn count_unread(store: &dyn Store, caller: &Caller) -> Result<CappedCount> {
    store.transact(&Access::to(caller, Action::PortalCountUnread), |tx| tx.portal_inbox().count_unread())
}
