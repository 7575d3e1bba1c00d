//! Whom threads can be assigned to, and whom they can be started with.

use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{PatientHit, StaffView, Store, TeamView};

/// Active colleagues, by name.
///
/// # Errors
/// The caller may not see them, or the database is unavailable.
pub fn list_staff(store: &dyn Store, caller: &Caller) -> Result<Vec<StaffView>> {
    store.transact(&Access::to(caller, Action::ListStaff), |tx| tx.people().staff())
}

/// Teams with their members, by name.
///
/// # Errors
/// The caller may not see them, or the database is unavailable.
pub fn list_teams(store: &dyn Store, caller: &Caller) -> Result<Vec<TeamView>> {
    store.transact(&Access::to(caller, Action::ListTeams), |tx| tx.people().teams())
}

/// Patients by the beginnings of their names' words or by their exact MRN.
///
/// # Errors
/// The caller may not search, or the database is unavailable.
pub fn search_patients(
    store: &dyn Store,
    caller: &Caller,
    words: &str,
    limit: i64,
) -> Result<Vec<PatientHit>> {
    store.transact(&Access::to(caller, Action::SearchPatients), |tx| tx.patients().search(words, limit))
}
