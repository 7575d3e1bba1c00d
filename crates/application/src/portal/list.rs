//! The patient's threads.

use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{CappedCount, PortalQuery, PortalThreadView, Store};
use chrono::Duration;

/// A page of the patient's threads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PortalThreads {
    /// Newest public message first.
    pub threads: Vec<PortalThreadView>,
    /// Whether there are further ones.
    pub has_more: bool,
    /// How long after closing a message reopens a thread.
    pub reopen_window: Duration,
}

/// A page of the patient's threads, newest public message first.
///
/// # Errors
/// No patient is chosen, the grant has gone, or the database is unavailable.
pub fn list_threads(store: &dyn Store, caller: &Caller, query: &PortalQuery) -> Result<PortalThreads> {
    store.transact(&Access::to(caller, Action::PortalListThreads), |tx| {
        let reopen_window = tx.portal()?.rules().reopen_window;
        let (threads, has_more) = tx.portal_inbox().page(query)?;
        Ok(PortalThreads { threads, has_more, reopen_window })
    })
}

/// How many threads, not closed, hold messages of staff that the account has not read.
///
/// # Errors
/// No patient is chosen, the grant has gone, or the database is unavailable.
pub fn count_unread(store: &dyn Store, caller: &Caller) -> Result<CappedCount> {
    store.transact(&Access::to(caller, Action::PortalCountUnread), |tx| tx.portal_inbox().count_unread())
}
