//! What a person searched for before.

use crate::access::{Access, Action, Caller};
use crate::ports::{RecentSearch, Store};
use crate::{Error, Result};
use threadwell_domain::search::KeptQuery;

/// How many are shown.
const SHOWN: i64 = 10;

/// The newest queries of the caller.
///
/// # Errors
/// The caller may not search, or the database is unavailable.
pub fn list_recent(store: &dyn Store, caller: &Caller) -> Result<Vec<RecentSearch>> {
    store.transact(&Access::to(caller, Action::ListRecentSearches), |tx| tx.recent_searches().recent(SHOWN))
}

/// Keeps a query of the caller; the same text moves up.
///
/// # Errors
/// It is no line that can be kept, the caller may not search, or the database is unavailable.
pub fn remember_search(store: &dyn Store, caller: &Caller, query: &str) -> Result<()> {
    let query = KeptQuery::parse(query).map_err(|refusal| Error::field("/query", refusal.into()))?;
    store.transact(&Access::to(caller, Action::RememberSearch), |tx| {
        tx.recent_searches().remember(query.as_phi())
    })
}

/// Forgets the caller's queries.
///
/// # Errors
/// The caller may not search, or the database is unavailable.
pub fn forget_searches(store: &dyn Store, caller: &Caller) -> Result<()> {
    store.transact(&Access::to(caller, Action::ForgetSearches), |tx| tx.recent_searches().forget())
}
