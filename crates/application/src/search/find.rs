//! Finding messages.

use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{
    ConversationPage, ConversationQuery, PortalSearch, SearchPage, SearchQuery, StaffThreadView, Store,
};

/// Messages, newest first, that hold what is asked for, and threads that are found by subject or patient alone.
///
/// # Errors
/// The caller may not read threads, or the database is unavailable.
pub fn search_messages(
    store: &dyn Store,
    caller: &Caller,
    query: &SearchQuery,
) -> Result<SearchPage<StaffThreadView>> {
    store.transact(&Access::to(caller, Action::SearchMessages), |tx| tx.search().messages(query))
}

/// Further threads that are found by subject or patient alone.
///
/// # Errors
/// The caller may not read threads, or the database is unavailable.
pub fn search_conversations(
    store: &dyn Store,
    caller: &Caller,
    query: &ConversationQuery,
) -> Result<ConversationPage> {
    store.transact(&Access::to(caller, Action::SearchMessages), |tx| tx.search().conversations(query))
}

/// The patient's public messages, newest first, that hold what is asked for.
///
/// # Errors
/// No patient is chosen, the grant has gone, or the database is unavailable.
pub fn portal_search(store: &dyn Store, caller: &Caller, query: &SearchQuery) -> Result<PortalSearch> {
    store.transact(&Access::to(caller, Action::PortalSearch), |tx| {
        let reopen_window = tx.portal()?.rules().reopen_window;
        Ok(PortalSearch { page: tx.search().own_messages(query)?, reopen_window })
    })
}
