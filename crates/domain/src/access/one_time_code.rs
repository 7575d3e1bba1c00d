//! When a one-time code by time (RFC 6238) is taken.

use crate::Moment;

/// How long a code is shown.
const STEP_SECONDS: i64 = 30;
/// How many steps a clock may be off, either way.
const TOLERANCE: i64 = 1;

/// The time steps whose codes are taken now: the present one and its neighbours, and of these only such as come after
/// the newest one that was taken, so that no code counts twice.
pub fn open_steps(now: Moment, newest_taken: Option<i64>) -> impl Iterator<Item = i64> {
    let present = now.timestamp().div_euclid(STEP_SECONDS);
    (present - TOLERANCE..=present + TOLERANCE)
        .filter(move |step| *step >= 0 && newest_taken.is_none_or(|taken| *step > taken))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration, TimeZone, Utc};

    fn now() -> Moment {
        Utc.timestamp_opt(1_780_000_015, 0).unwrap()
    }

    const PRESENT: i64 = 1_780_000_015 / 30;

    #[test]
    fn b10_a_clock_may_be_one_step_off_and_not_two() {
        let open: Vec<i64> = open_steps(now(), None).collect();
        assert_eq!(open, [PRESENT - 1, PRESENT, PRESENT + 1]);
        let later: Vec<i64> = open_steps(now() + Duration::seconds(60), None).collect();
        assert!(!later.contains(&PRESENT) && later.contains(&(PRESENT + 1)));
    }

    #[test]
    fn a_thousand_replays_of_a_taken_step_are_refused() {
        for millis in 0..1_000 {
            let at = now() + Duration::milliseconds(millis * 90);
            for taken in [PRESENT - 1, PRESENT, PRESENT + 1] {
                assert!(open_steps(at, Some(taken)).all(|step| step > taken), "{at} {taken}");
            }
        }
    }

    #[test]
    fn a_clock_that_was_set_back_reopens_nothing() {
        let back = now() - Duration::days(1);
        assert_eq!(open_steps(back, Some(PRESENT)).count(), 0);
        assert_eq!(open_steps(Utc.timestamp_opt(0, 0).unwrap(), None).collect::<Vec<_>>(), [0, 1]);
    }
}
