//! When to look at a file again.

use chrono::Duration;
use threadwell_domain::{AttachmentId, Moment};

const FIRST_SECONDS: i64 = 2;
/// The longest wait for a machine that is away: as soon as it is back, so are the files.
const LONGEST_SECONDS: i64 = 120;
/// The longest wait for one that thinks for long and gives no answer, over and over.
const LONGEST_OF_THE_SLOW_SECONDS: i64 = 3_600;
/// Whatever takes so long and comes to nothing has most likely timed out.
const SLOW: Duration = Duration::seconds(10);
/// How long a file rests that failed.
pub(super) const FAILED_FOR: Duration = Duration::hours(1);

/// 2 s, doubling to two minutes, or to an hour for steps that time out; spread by up to a quarter so that the files of
/// an outage do not return all at once.
pub(super) fn next_look(file: AttachmentId, attempts: i32, took: Duration, now: Moment) -> Moment {
    let longest = if took >= SLOW { LONGEST_OF_THE_SLOW_SECONDS } else { LONGEST_SECONDS };
    let doublings = u32::try_from(attempts.clamp(0, 11)).unwrap_or(11);
    let base = FIRST_SECONDS.saturating_mul(1_i64 << doublings).min(longest) * 1_000;
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
        let (nobody, soon) = (AttachmentId::new(Uuid::nil()), Duration::seconds(1));
        let wait = |attempts| (next_look(nobody, attempts, soon, now) - now).num_seconds();
        assert_eq!([0, 1, 2, 5, 6, 100, -1].map(wait), [2, 4, 8, 64, 120, 120, 2]);
        let spread = next_look(AttachmentId::new(Uuid::max()), 100, soon, now) - now;
        assert!((120..=150).contains(&spread.num_seconds()), "{spread}");
    }

    #[test]
    fn what_times_out_again_and_again_waits_up_to_an_hour() {
        let now = Utc.timestamp_opt(1_780_000_000, 0).unwrap();
        let nobody = AttachmentId::new(Uuid::nil());
        let wait = |attempts| (next_look(nobody, attempts, Duration::minutes(1), now) - now).num_seconds();
        assert_eq!([0, 6, 8, 10, 11, 100].map(wait), [2, 128, 512, 2_048, 3_600, 3_600]);
    }
}
