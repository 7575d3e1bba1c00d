//! What one wants of mails and language.

use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{Preferences, Store};

/// What whoever is signed in wants.
///
/// # Errors
/// The session does not admit the caller, or the database is unavailable.
pub fn read_preferences(store: &dyn Store, caller: &Caller) -> Result<Preferences> {
    let (person, _) = caller.person()?;
    store.transact(&Access::to(caller, Action::ReadAccount), |tx| tx.accounts().preferences(person))
}

/// Writes down what whoever is signed in wants.
///
/// # Errors
/// The session does not admit the caller, or the database is unavailable.
pub fn update_preferences(store: &dyn Store, caller: &Caller, wanted: &Preferences) -> Result<()> {
    let (person, _) = caller.person()?;
    store.transact(&Access::to(caller, Action::UpdatePreferences), |tx| {
        tx.accounts().set_preferences(person, wanted)
    })
}
