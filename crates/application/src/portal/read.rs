//! Opening a thread in the portal.

use crate::access::{Access, Action, Caller};
use crate::ports::{MessagePage, PageAt, PortalThreadView, Store};
use crate::{Error, Result};
use threadwell_domain::{Moment, ThreadId};

/// A thread with one page of its public messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenedPortalThread {
    /// The thread.
    pub view: PortalThreadView,
    /// Until when a message reopens it, if it is closed.
    pub reopens_until: Option<Moment>,
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
) -> Result<OpenedPortalThread> {
    store.transact(&Access::to_thread(caller, Action::PortalReadThread, id), |tx| {
        let window = tx.portal()?.rules().reopen_window;
        let view = tx.portal_inbox().detail(id)?.ok_or(Error::NotFound)?;
        let page = tx.messages().page(id, limit, at)?;
        let reopens_until = view.facts.reopens_until(window);
        Ok(OpenedPortalThread { view, reopens_until, page })
    })
}
