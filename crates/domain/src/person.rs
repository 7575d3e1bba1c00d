//! What a practice keeps of people: names, addresses, dates.

use crate::Moment;
use crate::practice::TimeZone;
use crate::text::{Lines, Phi, TextRefusal, checked};
use chrono::{Datelike, NaiveDate};

mod email;

pub use email::EmailAddress;

macro_rules! lines {
    ($($(#[doc = $doc:literal])+ $name:ident $limit:literal $lines:ident),* $(,)?) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub struct $name(Phi);

        impl $name {
            /// The greatest number of code points.
            pub const LIMIT: usize = $limit;

            /// Trims and checks a text.
            ///
            /// # Errors
            /// Empty, too long, or holding a control character.
            pub fn parse(text: &str) -> Result<Self, TextRefusal> {
                checked(text, Self::LIMIT, Lines::$lines).map(Self)
            }

            /// The text.
            pub const fn as_phi(&self) -> &Phi {
                &self.0
            }
        }
    )*};
}

lines! {
    /// What somebody is called.
    PersonName 200 One,
    /// What somebody is at the practice, such as "RN".
    Title 100 One,
    /// A medical record number.
    Mrn 64 One,
    /// A telephone number.
    Phone 40 One,
    /// Why somebody looks past the limits of the role.
    EmergencyReason 1000 Many,
    /// What a reviewer found.
    ReviewNote 2000 Many,
}

/// A language by its tag (BCP 47).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Language(String);

impl Language {
    /// Reads a tag of letters and digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let is_primary = parts.next().is_some_and(|part| {
            (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
        });
        let are_subtags = parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        (is_primary && are_subtags && text.len() <= 35).then(|| Self(text.to_owned()))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Language {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

/// A date of birth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BirthDate(NaiveDate);

/// Nobody alive was born before.
const EARLIEST_YEAR: i32 = 1880;

impl std::fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BirthDate")
    }
}

impl BirthDate {
    /// Reads `YYYY-MM-DD`: a real day that is not in the future.
    pub fn parse(text: &str, now: Moment) -> Option<Self> {
        let date = Self::stored(text)?;
        // Tomorrow is today somewhere.
        let latest = now.date_naive().succ_opt()?;
        (date.0 <= latest && date.0.year() >= EARLIEST_YEAR).then_some(date)
    }

    /// Reads what was kept.
    pub fn stored(text: &str) -> Option<Self> {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        (date.format("%Y-%m-%d").to_string() == text).then_some(Self(date))
    }

    /// As it is written.
    pub fn text(self) -> String {
        self.0.format("%Y-%m-%d").to_string()
    }

    /// When the person is of age: at the beginning of the birthday, where the practice is. Who was born on a leap day
    /// is on the first of March.
    pub fn majority(self, age: i16, zone: TimeZone) -> Moment {
        let year = self.0.year() + i32::from(age);
        let birthday = self.0.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1));
        zone.start_of(birthday.unwrap_or(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone as _, Utc};

    #[test]
    fn a_birth_date_is_a_day_that_was() {
        let now = Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap();
        for good in ["2026-11-22", "2024-02-29", "1900-01-01"] {
            assert_eq!(BirthDate::parse(good, now).unwrap().text(), good);
        }
        for bad in [
            "2026-11-24",
            "2023-02-29",
            "1850-01-01",
            "26-11-22",
            "2026-1-2",
            "",
            "tomorrow",
            "2026-11-22T00:00",
        ] {
            assert!(BirthDate::parse(bad, now).is_none(), "{bad}");
        }
    }

    #[test]
    fn one_is_of_age_on_a_birthday() {
        let zone = TimeZone::parse("America/New_York").unwrap();
        let of_age = |text: &str, age| BirthDate::stored(text).unwrap().majority(age, zone).to_rfc3339();
        assert_eq!(of_age("2010-07-04", 18), "2028-07-04T04:00:00+00:00");
        assert_eq!(of_age("2008-02-29", 18), "2026-03-01T05:00:00+00:00");
        assert_eq!(of_age("2008-02-29", 16), "2024-02-29T05:00:00+00:00");
    }

    #[test]
    fn a_language_is_a_tag() {
        for good in ["en", "es-MX", "zh-Hant-TW"] {
            assert_eq!(Language::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "e", "english", "en_US", "en-", "e1", "en-toolongsubtag"] {
            assert_eq!(Language::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn nothing_of_it_is_printed() {
        let birth = BirthDate::stored("2010-07-04").unwrap();
        let name = PersonName::parse("Canary").unwrap();
        let email = EmailAddress::parse("canary@example.org").unwrap();
        let printed = format!("{birth:?} {name:?} {email:?}");
        assert!(!printed.contains("2010") && !printed.to_lowercase().contains("canary"), "{printed}");
    }
}
