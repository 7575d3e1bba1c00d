//! When things happened, told from the moment of loading.

use chrono::{Datelike, Duration, NaiveTime, TimeZone, Timelike, Utc, Weekday};
use threadwell_domain::Moment;

/// The practices' clocks in the demo: Eastern standard time all year, so that days begin where their people's do.
const HOURS_BEHIND_UTC: i64 = 5;

/// A moment before the loading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum At {
    /// So many minutes ago.
    MinutesAgo(i64),
    /// So many days ago, at an hour and minute of the practice's day.
    Day(i64, u32, u32),
    /// At exactly this time.
    Exactly(Moment),
}

/// So many minutes ago.
pub(super) const fn ago(minutes: i64) -> At {
    At::MinutesAgo(minutes)
}

/// So many days ago, at this time of the practice's day.
pub(super) const fn day(days: i64, hour: u32, minute: u32) -> At {
    At::Day(days, hour, minute)
}

impl At {
    /// The moment itself.
    pub(super) fn resolve(self, now: Moment) -> Moment {
        match self {
            Self::Exactly(moment) => moment,
            Self::MinutesAgo(minutes) => now - Duration::minutes(minutes),
            Self::Day(days, hour, minute) => {
                let local = now - Duration::hours(HOURS_BEHIND_UTC) - Duration::days(days);
                let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
                Utc.from_utc_datetime(&local.date_naive().and_time(time)) + Duration::hours(HOURS_BEHIND_UTC)
            }
        }
    }
}

/// The moment itself if the office is open then, else a time soon after it opens next.
pub(super) fn in_office_hours(at: Moment) -> Moment {
    let local = at - Duration::hours(HOURS_BEHIND_UTC);
    let weekend = |day: Weekday| matches!(day, Weekday::Sat | Weekday::Sun);
    if !weekend(local.weekday()) && (8..17).contains(&local.hour()) {
        return at;
    }
    let mut date = local.date_naive();
    if weekend(date.weekday()) || local.hour() >= 17 {
        date += Duration::days(1);
    }
    while weekend(date.weekday()) {
        date += Duration::days(1);
    }
    let opening =
        Utc.from_utc_datetime(&date.and_time(NaiveTime::MIN)) + Duration::hours(HOURS_BEHIND_UTC + 8);
    opening + Duration::minutes(7 + i64::from(local.minute()))
}

/// The moment itself if people are awake then, else the evening before.
pub(super) fn in_waking_hours(at: Moment) -> Moment {
    let local = at - Duration::hours(HOURS_BEHIND_UTC);
    if local.hour() < 7 { at - Duration::hours(8) } else { at }
}
