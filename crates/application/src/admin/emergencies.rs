//! Looking past the limits of a role in an emergency (45 CFR 164.312(a)(2)(ii)), and who did.

use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{
    AccountMail, EmergencyView, IdempotencyKey, MailTo, Receipt, Recipient, Store, Tx, UserState,
};
use crate::{Error, Result};
use chrono::Duration;
use threadwell_domain::access::Role;
use threadwell_domain::person::{EmergencyReason, ReviewNote};
use threadwell_domain::{EmergencyAccessId, Moment};

/// How long it lasts.
const LASTS: Duration = Duration::minutes(60);
/// How many are listed.
const LISTED: i64 = 200;

/// Opens every category to the session for an hour. Each administrator gets a mail, and all that is done in it is flagged
/// in the audit. Gives its end.
///
/// # Errors
/// The session is in one already (`LimitReached`), the caller may not or has not stepped up, the idempotency key is
/// taken, or the database is unavailable.
pub fn begin(
    store: &dyn Store,
    caller: &Caller,
    reason: &EmergencyReason,
    key: Option<&IdempotencyKey>,
) -> Result<(Receipt, Moment)> {
    store.transact(&Access::to(caller, Action::BeginEmergencyAccess), |tx| {
        let receipt = crate::once(tx, "emergency_access.begin", key, |tx| {
            if tx.emergencies().is_open_for_update()? {
                return Err(Error::LimitReached);
            }
            let until = tx.now() + LASTS;
            let id = tx.emergencies().begin_emergency(reason, until)?;
            tell_admins(tx)?;
            Ok(Receipt { emergency: Some(id), ..Receipt::default() })
        })?;
        let id = receipt.emergency.ok_or(Error::NotFound)?;
        let until = tx.emergencies().lasts_until(id)?;
        Ok((receipt, until))
    })
}

fn tell_admins(tx: &mut dyn Tx) -> Result<()> {
    let everybody = tx.users().list()?;
    let admins =
        everybody.into_iter().filter(|user| user.role == Role::Admin && user.state == UserState::Active);
    for admin in admins {
        let to = MailTo::Person(Recipient::Staff(admin.id));
        tx.outbox().account_mail(AccountMail::EmergencyAccess, to, None)?;
    }
    Ok(())
}

/// Ends it. Who is in none stays so.
///
/// # Errors
/// The caller may not, or the database is unavailable.
pub fn end(store: &dyn Store, caller: &Caller) -> Result<()> {
    store.transact(&Access::to(caller, Action::EndEmergencyAccess), |tx| tx.emergencies().end_emergency())
}

/// The latest of them.
///
/// # Errors
/// The caller may not, or the database is unavailable.
pub fn list(store: &dyn Store, caller: &Caller) -> Result<Vec<EmergencyView>> {
    store.transact(&Access::to(caller, Action::ListEmergencyAccesses), |tx| {
        tx.emergencies().emergencies(LISTED)
    })
}

/// Notes what was found about one of them. Nobody reviews what they did themselves.
///
/// # Errors
/// There is none, it is the caller's own, it was reviewed before, the caller may not, or the database is unavailable.
pub fn review(store: &dyn Store, caller: &Caller, id: EmergencyAccessId, note: &ReviewNote) -> Result<()> {
    let access = Access::to(caller, Action::ReviewEmergencyAccess).about(Subject::EmergencyAccess(id));
    store.transact(&access, |tx| {
        let reviewer = tx.staff()?.id();
        let (staff, is_reviewed) = tx.emergencies().emergency(id)?.ok_or(Error::NotFound)?;
        tx.about(Subject::Staff(staff));
        if staff == reviewer {
            return Err(Error::Denied);
        }
        if is_reviewed {
            return Err(Error::VersionMismatch { current: 1 });
        }
        tx.emergencies().note_review(id, note)
    })
}
