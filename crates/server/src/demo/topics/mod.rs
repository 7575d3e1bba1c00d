//! What people write about, with blanks that the die fills.
//!
//! `{first}` is the patient's first name, `{doctor}` the doctor, `{pharmacy}` a pharmacy, `{place}` a part of the
//! body, `{days}` a small number, `{weekday}` a day of the week, `{time}` a time of the day.

mod clinical;
mod office;
mod spanish;

use super::story::Who;
use threadwell_domain::thread::Category;

/// A conversation that can be told of many patients: what they ask, what is said among colleagues, what is answered,
/// what they say to that, and the last word.
pub(super) struct Topic {
    pub(super) category: Category,
    /// Who takes it.
    pub(super) who: Who,
    /// The language of its patients.
    pub(super) language: &'static str,
    pub(super) subject: &'static str,
    pub(super) opening: &'static str,
    pub(super) note: &'static str,
    pub(super) reply: &'static str,
    pub(super) follow_up: &'static str,
    pub(super) answer: &'static str,
}

/// All topics.
pub(super) fn all() -> impl Iterator<Item = &'static Topic> {
    clinical::TOPICS.iter().chain(&office::TOPICS).chain(&spanish::TOPICS)
}

/// What fills the blanks.
pub(super) const PLACES: [&str; 10] = [
    "left forearm",
    "right shin",
    "neck",
    "scalp",
    "back of the hands",
    "chest",
    "right cheek",
    "left ankle",
    "lower back",
    "elbows",
];

/// Days on which the office is open.
pub(super) const WEEKDAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

/// Times of visits.
pub(super) const TIMES: [&str; 8] =
    ["8:20 AM", "9:40 AM", "10:15 AM", "11:30 AM", "1:15 PM", "2:40 PM", "3:30 PM", "4:00 PM"];
