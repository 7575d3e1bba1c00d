//! The staff's inbox and its numbers.

use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{CappedCount, InboxCounts, InboxQuery, StaffThreadView, Statistics, Store};

/// A page of the inbox, newest last message first, and whether there are further rows.
///
/// # Errors
/// The caller may not list threads, or the database is unavailable.
pub fn list_threads(
    store: &dyn Store,
    caller: &Caller,
    query: &InboxQuery,
) -> Result<(Vec<StaffThreadView>, bool)> {
    store.transact(&Access::to(caller, Action::ListThreads), |tx| tx.inbox().page(query))
}

/// How many threads, not closed, nobody of the staff has read (product.md "Unread").
///
/// # Errors
/// The caller may not list threads, or the database is unavailable.
pub fn count_unread(store: &dyn Store, caller: &Caller) -> Result<CappedCount> {
    store.transact(&Access::to(caller, Action::CountUnread), |tx| tx.inbox().count_unread())
}

/// The numbers beside the inbox's views.
///
/// # Errors
/// The caller may not list threads, or the database is unavailable.
pub fn count_inbox(store: &dyn Store, caller: &Caller) -> Result<InboxCounts> {
    store.transact(&Access::to(caller, Action::CountInbox), |tx| tx.inbox().counts())
}

/// The numbers above the inbox.
///
/// # Errors
/// The caller may not list threads, or the database is unavailable.
pub fn read_statistics(store: &dyn Store, caller: &Caller) -> Result<Statistics> {
    store.transact(&Access::to(caller, Action::ReadStatistics), |tx| tx.inbox().statistics())
}
