//! When to look at a file again.

use chrono::Duration;
use threadwell_domain::{AttachmentId, Moment};

const FIRST_SECONDS: i64 = 2;
const LONGEST_SECONDS: i64 = 120;
/// How long a file rests that failed.
pub(super) const FAILED_FOR: Duration = Duration::hours(1);

/// 2 s, doubling to two minutes, spread by up to a quarter so that the files of an outage do not return all at once.
pub(super) fn next_look(file: AttachmentId, attempts: i32, now: Moment) -> Moment {
    let doublings = u32::try_from(attempts.clamp(0, 10)).unwrap_or(10);
    let base = FIRST_SECONDS.saturating_mul(1_i64 << doublings).min(LONGEST_SECONDS) * 1_000;
    let spread = i64::from(file.uuid().as_bytes().last().copied().unwrap_or_default());
    now + Duration::milliseconds(base + base * spread / 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone, Utc};
    use uuid::Uuid;

    #[test]
    fn the_wait_doubles_up_to_two_minutes() {
        let now = Utc.timestamp_opt(1_780_000_000, 0).unwrap();
        let wait = |attempts| (next_look(AttachmentId::new(Uuid::nil()), attempts, now) - now).num_seconds();
        assert_eq!([0, 1, 2, 5, 6, 100, -1].map(wait), [2, 4, 8, 64, 120, 120, 2]);
        let spread = next_look(AttachmentId::new(Uuid::max()), 100, now) - now;
        assert!((120..=150).contains(&spread.num_seconds()), "{spread}");
    }
}
