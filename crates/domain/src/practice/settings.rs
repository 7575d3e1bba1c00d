//! All that a practice decides about itself.

use super::{Accent, AddressRange, OfficeHours, TimeZone};
use crate::text::{Lines, TextRefusal, checked};
use crate::thread::Category;
use chrono::Duration;

/// The settings of a practice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PracticeSettings {
    /// Its name.
    pub name: String,
    /// The office's telephone number.
    pub phone: String,
    /// What to do in an emergency.
    pub emergency_text: String,
    /// Office hours in words.
    pub hours_text: String,
    /// What is said about nights and weekends.
    pub after_hours_text: String,
    /// Where its clocks are.
    pub time_zone: TimeZone,
    /// The colour of the portal.
    pub accent: Accent,
    /// When the office is open.
    pub office_hours: OfficeHours,
    /// Usual times to answer by the categories' order; empty where none is set.
    pub answer_times: [String; 6],
    /// Days within which a message reopens a closed thread.
    pub reopen_window_days: i32,
    /// Whether mails to patients greet by the first name.
    pub mail_greets_by_name: bool,
    /// Whether sessions of the staff need a second factor.
    pub staff_need_second_factor: bool,
    /// How long sessions rest.
    pub rest: Rest,
    /// The age at which a guardian's grant ends.
    pub majority_age: i16,
    /// Whether patients may invite caregivers.
    pub patients_may_invite: bool,
    /// Whether patients may open an account by a code to the e-mail on file.
    pub has_identity_check: bool,
    /// Where the staff come from; everywhere, if empty.
    pub staff_addresses: Vec<AddressRange>,
}

/// How long sessions may rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rest {
    /// Of the staff.
    pub staff_minutes: i16,
    /// Of a browser at the portal.
    pub portal_minutes: i16,
    /// Of a patient's own device.
    pub mobile_days: i16,
}

impl Rest {
    /// How long a session of the staff may rest.
    pub fn of_staff(self) -> Duration {
        Duration::minutes(self.staff_minutes.into())
    }

    /// How long a session of the portal may rest in a browser.
    pub fn of_browser(self) -> Duration {
        Duration::minutes(self.portal_minutes.into())
    }

    /// How long a session of the portal may rest on a patient's own device.
    pub fn of_mobile(self) -> Duration {
        Duration::days(self.mobile_days.into())
    }

    /// How long an open session of the staff may rest that was granted so long when it began. What the practice made
    /// shorter since holds for it at once; what it made longer is for sessions that begin.
    pub fn left_to_staff(self, granted: Duration) -> Duration {
        granted.min(self.of_staff())
    }

    /// The same of a session of the portal. Those of browsers are granted minutes, those of devices days.
    pub fn left_to_portal(self, granted: Duration) -> Duration {
        let is_mobile = granted > Duration::minutes((*IDLE_MINUTES.end()).into());
        granted.min(if is_mobile { self.of_mobile() } else { self.of_browser() })
    }
}

/// The ages at which a practice can let somebody be of age.
pub const MAJORITY_AGES: std::ops::RangeInclusive<i16> = 13..=25;
/// The minutes for which sessions in browsers can rest.
pub const IDLE_MINUTES: std::ops::RangeInclusive<i16> = 5..=60;
/// The days for which sessions of patients' own devices can rest.
pub const IDLE_DAYS: std::ops::RangeInclusive<i16> = 1..=90;
/// The days within which a message can reopen a thread.
pub const REOPEN_DAYS: std::ops::RangeInclusive<i32> = 0..=3_650;

/// The longest name of a practice.
const NAME_LIMIT: usize = 120;
/// The longest telephone number.
pub const PHONE_LIMIT: usize = 40;
/// The longest text of a practice's page.
pub const TEXT_LIMIT: usize = 1_000;
/// The longest answer time.
pub const ANSWER_TIME_LIMIT: usize = 100;

/// A name on one line, which must be there.
///
/// # Errors
/// Empty, too long, or holding a control character.
pub fn practice_name(text: &str) -> Result<String, TextRefusal> {
    checked(text, NAME_LIMIT, Lines::One).map(crate::Phi::into_inner)
}

/// A text on one line, which may be empty.
///
/// # Errors
/// Too long, or holding a control character.
pub fn optional_line(text: &str, limit: usize) -> Result<String, TextRefusal> {
    optional(text, limit, Lines::One)
}

/// A text of several lines, which may be empty.
///
/// # Errors
/// Too long, or holding NUL.
pub fn optional_text(text: &str, limit: usize) -> Result<String, TextRefusal> {
    optional(text, limit, Lines::Many)
}

fn optional(text: &str, limit: usize, lines: Lines) -> Result<String, TextRefusal> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    checked(text, limit, lines).map(crate::Phi::into_inner)
}

impl PracticeSettings {
    /// The usual time to answer in a category; empty where none is set.
    pub fn answer_time(&self, category: Category) -> &str {
        let found = Category::ALL.into_iter().zip(&self.answer_times).find(|(known, _)| *known == category);
        found.map_or("", |(_, text)| text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shorter_rest_holds_for_open_sessions_and_a_longer_one_does_not() {
        let rest = Rest { staff_minutes: 10, portal_minutes: 15, mobile_days: 7 };
        for (granted, staff) in [(5, 5), (10, 10), (60, 10)] {
            assert_eq!(rest.left_to_staff(Duration::minutes(granted)), Duration::minutes(staff));
        }
        for (granted, browser) in [(5, 5), (15, 15), (60, 15)] {
            assert_eq!(rest.left_to_portal(Duration::minutes(granted)), Duration::minutes(browser));
        }
        for (granted, mobile) in [(1, 1), (7, 7), (90, 7)] {
            assert_eq!(rest.left_to_portal(Duration::days(granted)), Duration::days(mobile));
        }
    }
}
