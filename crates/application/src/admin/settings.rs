//! What the practice decides about itself.

use super::majority;
use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{OfAge, Store, Wards};
use crate::{Error, FieldProblem, Result, tell};
use threadwell_domain::practice::{AddressRange, PracticeSettings};

/// The settings and their version.
///
/// # Errors
/// The caller may not, or the database is unavailable.
pub fn read(store: &dyn Store, caller: &Caller) -> Result<(PracticeSettings, i32)> {
    store.transact(&Access::to(caller, Action::ReadSettings), |tx| tx.settings().settings())
}

/// Writes all settings. They act from the next request on, also for sessions and streams that are open.
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
        if !AddressRange::let_in(&settings.staff_addresses, caller.request.ip) {
            return Err(Error::field("/staffAddresses", FieldProblem::WouldLockYouOut));
        }
        tx.settings().save_settings(settings)?;
        tell::practice(tx)?;
        changed(&present, settings).into_iter().for_each(|name| tx.about(Subject::Field(name)));
        let (before, after) = (OfAge::by(&present), OfAge::by(settings));
        if before != after {
            majority::recompute(tx, Wards::All, |birth| before.of(birth), |birth| after.of(birth))?;
        }
        tx.settings().settings()
    })
}

/// The fields in which settings differ, by their names in the API.
fn changed(before: &PracticeSettings, after: &PracticeSettings) -> Vec<&'static str> {
    let (old, new) = (&before.office_hours, &after.office_hours);
    [
        ("name", before.name != after.name),
        ("phone", before.phone != after.phone),
        ("emergencyText", before.emergency_text != after.emergency_text),
        ("hoursText", before.hours_text != after.hours_text),
        ("afterHoursText", before.after_hours_text != after.after_hours_text),
        ("timeZone", before.time_zone != after.time_zone),
        ("accent", before.accent != after.accent),
        ("businessHours", old.hours() != new.hours()),
        ("holidays", old.holidays() != new.holidays()),
        ("answerTimes", before.answer_times != after.answer_times),
        ("reopenWindowDays", before.reopen_window_days != after.reopen_window_days),
        ("mailGreetsByName", before.mail_greets_by_name != after.mail_greets_by_name),
        ("staffMfaRequired", before.staff_need_second_factor != after.staff_need_second_factor),
        ("staffIdleMinutes", before.rest.staff_minutes != after.rest.staff_minutes),
        ("portalIdleMinutes", before.rest.portal_minutes != after.rest.portal_minutes),
        ("mobileIdleDays", before.rest.mobile_days != after.rest.mobile_days),
        ("majorityAge", before.majority_age != after.majority_age),
        ("patientsMayInvite", before.patients_may_invite != after.patients_may_invite),
        ("identityCheck", before.has_identity_check != after.has_identity_check),
        ("staffAddresses", before.staff_addresses != after.staff_addresses),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}
