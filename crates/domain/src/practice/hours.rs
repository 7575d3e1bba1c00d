//! When the office is open: hours of the week, and days without any.

use super::TimeZone;
use crate::Moment;
use chrono::{Datelike, NaiveDate, Timelike};

/// The most stretches of a week.
pub const MOST_STRETCHES: usize = 42;
/// The most holidays that are kept.
pub const MOST_HOLIDAYS: usize = 100;
/// The most code points of a holiday's name.
const LONGEST_NAME: usize = 60;
/// Where a day ends.
const MIDNIGHT: u16 = 24 * 60;

/// A stretch of one day of the week.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct OpenHours {
    /// 0 is Monday.
    pub day: u8,
    /// Minutes after midnight.
    pub from: u16,
    /// Minutes after midnight; 1440 is the end of the day.
    pub to: u16,
}

/// A day without office hours.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Holiday {
    /// Which day.
    pub date: NaiveDate,
    /// What it is called.
    pub name: String,
}

/// Why office hours were refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HoursRefusal {
    /// There are too many entries.
    #[error("there are too many")]
    TooMany,
    /// The entry at this place is none: a day beyond the week, an end that is not after its beginning, no name.
    #[error("an entry is not of its form")]
    Malformed(usize),
    /// The entry at this place overlaps another one, or repeats its day.
    #[error("two entries overlap")]
    Overlap(usize),
}

/// The hours and holidays of a practice.
///
/// **Invariant:** no two stretches overlap, and no day is a holiday twice.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct OfficeHours {
    hours: Vec<OpenHours>,
    holidays: Vec<Holiday>,
}

impl OfficeHours {
    /// Checks the hours of a week, with holidays of none.
    ///
    /// # Errors
    /// See [`HoursRefusal`].
    pub fn of_week(mut hours: Vec<OpenHours>) -> Result<Self, HoursRefusal> {
        if hours.len() > MOST_STRETCHES {
            return Err(HoursRefusal::TooMany);
        }
        let is_wrong = |one: &OpenHours| one.day > 6 || one.from >= one.to || one.to > MIDNIGHT;
        if let Some(place) = hours.iter().position(is_wrong) {
            return Err(HoursRefusal::Malformed(place));
        }
        for (place, one) in hours.iter().enumerate() {
            let meets =
                |other: &OpenHours| other.day == one.day && other.from < one.to && one.from < other.to;
            if hours.iter().take(place).any(meets) {
                return Err(HoursRefusal::Overlap(place));
            }
        }
        hours.sort_unstable();
        Ok(Self { hours, holidays: Vec::new() })
    }

    /// The same with holidays.
    ///
    /// # Errors
    /// See [`HoursRefusal`].
    pub fn with_holidays(self, mut holidays: Vec<Holiday>) -> Result<Self, HoursRefusal> {
        if holidays.len() > MOST_HOLIDAYS {
            return Err(HoursRefusal::TooMany);
        }
        for (place, one) in holidays.iter_mut().enumerate() {
            one.name = one.name.trim().to_owned();
            let is_text = !one.name.is_empty() && !one.name.chars().any(char::is_control);
            if !is_text || one.name.chars().count() > LONGEST_NAME {
                return Err(HoursRefusal::Malformed(place));
            }
        }
        for (place, one) in holidays.iter().enumerate() {
            if holidays.iter().take(place).any(|other| other.date == one.date) {
                return Err(HoursRefusal::Overlap(place));
            }
        }
        holidays.sort_unstable();
        Ok(Self { holidays, ..self })
    }

    /// The stretches, from Monday on.
    pub fn hours(&self) -> &[OpenHours] {
        &self.hours
    }

    /// The holidays, earliest first.
    pub fn holidays(&self) -> &[Holiday] {
        &self.holidays
    }

    /// Whether the office is open.
    pub fn is_open(&self, at: Moment, zone: TimeZone) -> bool {
        let local = zone.local(at);
        let (day, minute) = (local.weekday().num_days_from_monday(), local.hour() * 60 + local.minute());
        !self.holidays.iter().any(|holiday| holiday.date == local.date())
            && self.hours.iter().any(|one| {
                u32::from(one.day) == day && u32::from(one.from) <= minute && minute < u32::from(one.to)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone as _, Utc};

    const fn stretch(day: u8, from: u16, to: u16) -> OpenHours {
        OpenHours { day, from, to }
    }

    #[test]
    fn stretches_end_after_they_begin_and_do_not_overlap() {
        assert!(OfficeHours::of_week(vec![stretch(0, 480, 720), stretch(0, 720, 1020)]).is_ok());
        assert!(OfficeHours::of_week(vec![stretch(6, 0, 1440)]).is_ok());
        for wrong in [stretch(7, 1, 2), stretch(0, 60, 60), stretch(0, 60, 30), stretch(0, 0, 1441)] {
            let refusal = OfficeHours::of_week(vec![stretch(1, 0, 1), wrong]);
            assert_eq!(refusal, Err(HoursRefusal::Malformed(1)), "{wrong:?}");
        }
        let overlapping = vec![stretch(0, 480, 720), stretch(1, 480, 720), stretch(0, 719, 800)];
        assert_eq!(OfficeHours::of_week(overlapping), Err(HoursRefusal::Overlap(2)));
        assert_eq!(OfficeHours::of_week(vec![stretch(0, 0, 1); 43]), Err(HoursRefusal::TooMany));
    }

    #[test]
    fn holidays_have_names_and_days_of_their_own() {
        let day = |n| NaiveDate::from_ymd_opt(2026, 12, n).unwrap();
        let holiday = |n, name: &str| Holiday { date: day(n), name: name.to_owned() };
        let week = OfficeHours::default;
        let kept = week().with_holidays(vec![holiday(26, " Boxing Day "), holiday(25, "Christmas")]).unwrap();
        assert_eq!(kept.holidays(), [holiday(25, "Christmas"), holiday(26, "Boxing Day")]);
        assert_eq!(week().with_holidays(vec![holiday(1, " ")]), Err(HoursRefusal::Malformed(0)));
        let twice = vec![holiday(1, "a"), holiday(1, "b")];
        assert_eq!(week().with_holidays(twice), Err(HoursRefusal::Overlap(1)));
    }

    #[test]
    fn the_office_is_open_by_its_own_clock() {
        let zone = TimeZone::parse("America/New_York").unwrap();
        let hours = OfficeHours::of_week(vec![stretch(0, 480, 1020)]).unwrap();
        let at = |day, hour, minute| Utc.with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap();
        // The 23rd is a Monday, and New York is five hours behind.
        assert!(!hours.is_open(at(23, 12, 59), zone));
        assert!(hours.is_open(at(23, 13, 0), zone));
        assert!(hours.is_open(at(23, 21, 59), zone));
        assert!(!hours.is_open(at(23, 22, 0), zone));
        assert!(!hours.is_open(at(24, 15, 0), zone));
        let date = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let closed = hours.with_holidays(vec![Holiday { date, name: "Stocktaking".to_owned() }]).unwrap();
        assert!(!closed.is_open(at(23, 15, 0), zone));
    }
}
