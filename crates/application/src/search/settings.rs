//! Whether a practice's messages are searched by their texts.

use crate::access::{Access, Action, Caller};
use crate::ports::{IndexState, Store, Tx};
use crate::{Result, tell};

/// The switch, and how far the index is.
///
/// # Errors
/// The caller may not see it, or the database is unavailable.
pub fn read_settings(store: &dyn Store, caller: &Caller) -> Result<IndexState> {
    store.transact(&Access::to(caller, Action::ReadSearchSettings), |tx| tx.search_index().state())
}

/// Turns the switch. Off, the worker empties the index; on, it fills it again. As it is already, nothing happens.
///
/// # Errors
/// The caller may not turn it, or the database is unavailable.
pub fn update_settings(store: &dyn Store, caller: &Caller, is_on: bool) -> Result<IndexState> {
    store.transact(&Access::to(caller, Action::UpdateSearchSettings), |tx| {
        if tx.search_index().state()?.is_on != is_on {
            tx.search_index().restart(Some(is_on))?;
            tell::practice(tx)?;
        }
        tx.search_index().state()
    })
}

/// Starts a rebuild from the beginning.
///
/// # Errors
/// An unavailable database.
pub fn rebuild(tx: &mut dyn Tx) -> Result<IndexState> {
    tx.search_index().restart(None)?;
    tx.search_index().state()
}
