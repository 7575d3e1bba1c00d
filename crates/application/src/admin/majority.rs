//! When guardians' grants end: with the patient's majority at the latest.

use crate::Result;
use crate::ports::{Readable, Tx, Wards};
use threadwell_domain::Moment;

/// The end of a guardian's grant: what was wished for, and majority at the latest.
pub(super) fn end(wished: Option<Moment>, majority: Option<Moment>) -> Option<Moment> {
    match (wished, majority) {
        (Some(wished), Some(majority)) => Some(wished.min(majority)),
        (one, other) => one.or(other),
    }
}

/// The end after majority moved. An end that was majority's own moves with it; an earlier one stays.
fn moved(present: Option<Moment>, before: Option<Moment>, after: Option<Moment>) -> Option<Moment> {
    if present == before { after } else { end(present, after) }
}

/// Moves the ends of guardians' grants and invitations. What has ended stays ended.
pub(super) fn recompute(
    tx: &mut dyn Tx,
    of: Wards,
    before: impl Fn(Option<&Readable>) -> Option<Moment>,
    after: impl Fn(Option<&Readable>) -> Option<Moment>,
) -> Result<()> {
    // Invitations before grants, as whoever takes one up locks them.
    for invited in tx.grants().invited_guardians(of)? {
        let birth = invited.birth_date.as_ref();
        let to = moved(invited.expires_at, before(birth), after(birth));
        if to != invited.expires_at {
            tx.grants().set_invited_end(invited.invitation, to)?;
        }
    }
    for (grant, birth) in tx.grants().guardians(of)? {
        let to = moved(grant.expires_at, before(birth.as_ref()), after(birth.as_ref()));
        if to != grant.expires_at {
            tx.grants().set_end(&grant, to)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration, TimeZone as _, Utc};

    fn day(days: i64) -> Option<Moment> {
        Some(Utc.timestamp_opt(1_780_000_000, 0).unwrap() + Duration::days(days))
    }

    #[test]
    fn a_guardians_grant_ends_at_majority_or_before() {
        assert_eq!(end(None, day(9)), day(9));
        assert_eq!(end(day(3), day(9)), day(3));
        assert_eq!(end(day(12), day(9)), day(9));
        assert_eq!(end(None, None), None);
    }

    #[test]
    fn only_majoritys_own_end_moves_later() {
        assert_eq!(moved(day(9), day(9), day(12)), day(12));
        assert_eq!(moved(day(3), day(9), day(12)), day(3));
        assert_eq!(moved(day(9), day(9), day(4)), day(4));
        assert_eq!(moved(day(6), day(9), day(4)), day(4));
        assert_eq!(moved(None, None, day(4)), day(4));
    }
}
