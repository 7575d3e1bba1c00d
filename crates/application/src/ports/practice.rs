//! What everybody may know of a practice.

use threadwell_domain::TenantId;
use threadwell_domain::practice::{Accent, OfficeHours, TimeZone};
use threadwell_domain::thread::Category;

/// A practice in a list of choices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PracticeSummary {
    /// Its id; never leaves the server on a public route.
    pub id: TenantId,
    /// Its public code.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// How long an answer usually takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnswerTime {
    /// For what.
    pub category: Category,
    /// In the practice's words.
    pub text: String,
}

/// The practice's public page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PracticePage {
    /// Which practice.
    pub summary: PracticeSummary,
    /// The office's telephone number.
    pub phone: String,
    /// What to do in an emergency.
    pub emergency_text: String,
    /// Office hours in words.
    pub hours: String,
    /// What is said about nights and weekends.
    pub after_hours_text: String,
    /// Usual times to answer; none where none is set.
    pub answer_times: Vec<AnswerTime>,
    /// Days within which a message reopens a closed thread.
    pub reopen_window_days: i32,
    /// How it looks, and when it is open.
    pub face: PracticeFace,
}

/// How a practice looks to patients, and when it is open.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct PracticeFace {
    /// The colour of the portal.
    pub accent: Accent,
    /// When the office is open.
    pub office_hours: OfficeHours,
    /// Where its clocks are.
    pub time_zone: TimeZone,
    /// Whether patients may open an account by a code to the e-mail on file.
    pub has_identity_check: bool,
    /// Whether patients may invite caregivers.
    pub patients_may_invite: bool,
}
