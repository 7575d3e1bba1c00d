//! What the practice decides about itself.

use super::majority::{self, OfAge};
use crate::access::{Access, Action, Caller};
use crate::ports::{Store, Wards};
use crate::{Error, FieldProblem, Result};
use threadwell_domain::practice::PracticeSettings;

/// The settings and their version.
///
/// # Errors
/// The caller may not, or the database is unavailable.
pub fn read(store: &dyn Store, caller: &Caller) -> Result<(PracticeSettings, i32)> {
    store.transact(&Access::to(caller, Action::ReadSettings), |tx| tx.settings().settings())
}

/// Writes all settings. They act from the next request on.
///
/// # Errors
/// Somebody else changed them since, they would shut the caller out (`Invalid`), the caller may not, or the database is
/// unavailable.
pub fn update(
    store: &dyn Store,
    caller: &Caller,
    settings: &PracticeSettings,
    if_match: Option<i32>,
) -> Result<(PracticeSettings, i32)> {
    store.transact(&Access::to(caller, Action::UpdateSettings), |tx| {
        let (present, version) = tx.settings().hold_settings()?;
        if if_match.is_some_and(|wanted| wanted != version) {
            return Err(Error::VersionMismatch { current: version });
        }
        if !lets_in(settings, caller) {
            return Err(Error::field("/staffAddresses", FieldProblem::WouldLockYouOut));
        }
        tx.settings().save_settings(settings)?;
        let (before, after) = (OfAge::by(&present), OfAge::by(settings));
        if before != after {
            majority::recompute(tx, Wards::All, |birth| before.of(birth), |birth| after.of(birth))?;
        }
        tx.settings().settings()
    })
}

fn lets_in(settings: &PracticeSettings, caller: &Caller) -> bool {
    let ranges = &settings.staff_addresses;
    let is_inside = |address| ranges.iter().any(|range| range.contains(address));
    ranges.is_empty() || caller.request.ip.is_some_and(is_inside)
}
