//! When to try again.

use chrono::Duration;
use threadwell_domain::Moment;
use uuid::Uuid;

/// How long a mail is tried before it is given up (architecture.md "Outbox and jobs").
pub const GIVE_UP_AFTER: Duration = Duration::hours(72);

const FIRST: i64 = 15;
const LONGEST: i64 = 3_600;

/// The next try: 15 s, doubling to an hour, each spread over half to one and a half of that so that the mails of
/// an outage do not all return in the same second. `None` when it is time to give up.
pub fn next_try(job: Uuid, attempts: i32, created_at: Moment, now: Moment) -> Option<Moment> {
    if now - created_at >= GIVE_UP_AFTER {
        return None;
    }
    let doublings = u32::try_from(attempts.clamp(0, 16)).unwrap_or(16);
    let base = FIRST.saturating_mul(1_i64 << doublings).min(LONGEST);
    let spread = i64::from(
        job.as_bytes()
            .last()
            .copied()
            .unwrap_or(0)
            .wrapping_mul(31)
            .wrapping_add(attempts.to_le_bytes().first().copied().unwrap_or(0).wrapping_mul(97)),
    );
    let percent = 50 + spread * 100 / 255;
    Some(now + Duration::milliseconds(base * 10 * percent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone, Utc};

    fn now() -> Moment {
        Utc.timestamp_opt(1_780_000_000, 0).unwrap()
    }

    #[test]
    fn tries_spread_around_a_doubling_delay_up_to_an_hour() {
        for attempts in 0..40 {
            for job in 0..300u128 {
                let base = (15_i64 << attempts.min(16)).min(3_600);
                let wait = (next_try(Uuid::from_u128(job), attempts, now(), now()).unwrap() - now())
                    .num_milliseconds();
                assert!((base * 500..=base * 1_500).contains(&wait), "{attempts}: {wait} ms around {base} s");
            }
        }
    }

    #[test]
    fn a_mail_is_given_up_after_three_days() {
        let job = Uuid::from_u128(1);
        assert!(next_try(job, 90, now() - Duration::hours(72) + Duration::seconds(1), now()).is_some());
        assert_eq!(next_try(job, 90, now() - Duration::hours(72), now()), None);
    }
}
