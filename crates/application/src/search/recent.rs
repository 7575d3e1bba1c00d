//! What a person searched for before.

use crate::access::{Access, Action, Caller};
use crate::ports::{RecentSearch, Store};
use crate::{Error, FieldProblem, Result};
use threadwell_domain::Phi;
use threadwell_domain::search::QUERY_MAX;

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
/// It is empty or too long, the caller may not search, or the database is unavailable.
pub fn remember_search(store: &dyn Store, caller: &Caller, query: &str) -> Result<()> {
    let query = query.trim();
    if query.is_empty() {
        return Err(Error::field("/query", FieldProblem::Empty));
    }
    if query.chars().count() > QUERY_MAX {
        return Err(Error::field("/query", FieldProblem::TooLong(QUERY_MAX)));
    }
    let query = Phi::new(query);
    store.transact(&Access::to(caller, Action::RememberSearch), |tx| tx.recent_searches().remember(&query))
}

/// Forgets the caller's queries.
///
/// # Errors
/// The caller may not search, or the database is unavailable.
pub fn forget_searches(store: &dyn Store, caller: &Caller) -> Result<()> {
    store.transact(&Access::to(caller, Action::ForgetSearches), |tx| tx.recent_searches().forget())
}
