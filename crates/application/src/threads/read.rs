//! Opening a thread. Reading alone never marks anything read.

use crate::access::{Access, Action, Caller};
use crate::ports::{MessagePage, PageAt, StaffThreadDetail, Store};
use crate::{Error, Result};
use threadwell_domain::ThreadId;

/// A thread with one page of its messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenedThread {
    /// The thread and what stands beside it.
    pub detail: StaffThreadDetail,
    /// The page.
    pub page: MessagePage,
}

/// Opens a thread at its newest messages, or where it is told to.
///
/// # Errors
/// The thread does not exist for the caller, what is named is none of its messages, or the database is unavailable.
pub fn read_thread(
    store: &dyn Store,
    caller: &Caller,
    id: ThreadId,
    limit: i64,
    at: PageAt,
) -> Result<OpenedThread> {
    store.transact(&Access::to_thread(caller, Action::ReadThread, id), |tx| {
        let detail = tx.inbox().detail(id)?.ok_or(Error::NotFound)?;
        let page = tx.messages().page(id, limit, at)?;
        Ok(OpenedThread { detail, page })
    })
}
