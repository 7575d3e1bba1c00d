//! The practice's time zone.

use crate::Moment;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

/// An IANA time zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TimeZone(Tz);

impl Default for TimeZone {
    fn default() -> Self {
        Self(Tz::UTC)
    }
}

impl TimeZone {
    /// The zone of that exact name.
    pub fn parse(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What its clocks show.
    pub fn local(self, at: Moment) -> NaiveDateTime {
        at.with_timezone(&self.0).naive_local()
    }

    /// The first moment of a day; where clocks leap over midnight, the first one after it.
    pub fn start_of(self, day: NaiveDate) -> Moment {
        let midnight = day.and_time(NaiveTime::MIN);
        let later = (0..24).map(|hours| midnight + TimeDelta::hours(hours));
        let first = later.filter_map(|local| self.0.from_local_datetime(&local).earliest()).next();
        first.map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_one_of_the_known_names() {
        assert_eq!(TimeZone::parse("America/New_York").unwrap().name(), "America/New_York");
        for name in ["", "New York", "EST5", "America/Nowhere", "../etc"] {
            assert_eq!(TimeZone::parse(name), None, "{name}");
        }
    }

    #[test]
    fn a_day_begins_where_the_zone_is() {
        let day = NaiveDate::from_ymd_opt(2030, 7, 4).unwrap();
        let start = |name| TimeZone::parse(name).unwrap().start_of(day).to_rfc3339();
        assert_eq!(start("America/New_York"), "2030-07-04T04:00:00+00:00");
        assert_eq!(start("Asia/Tokyo"), "2030-07-03T15:00:00+00:00");
        // Where clocks leapt from midnight to one.
        let leap = NaiveDate::from_ymd_opt(2018, 11, 4).unwrap();
        let sao_paulo = TimeZone::parse("America/Sao_Paulo").unwrap();
        assert_eq!(sao_paulo.start_of(leap).to_rfc3339(), "2018-11-04T03:00:00+00:00");
    }
}
