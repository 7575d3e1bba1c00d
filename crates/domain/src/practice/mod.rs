//! What a practice decides for itself, and what every new one starts with.

mod accent;
mod addresses;
mod hours;
mod settings;
mod zone;

pub use accent::Accent;
pub use addresses::{AddressRange, MOST_RANGES};
pub use hours::{Holiday, HoursRefusal, MOST_HOLIDAYS, MOST_STRETCHES, OfficeHours, OpenHours};
pub use settings::{
    ANSWER_TIME_LIMIT, IDLE_DAYS, IDLE_MINUTES, MAJORITY_AGES, PHONE_LIMIT, PracticeSettings, REOPEN_DAYS,
    Rest, TEXT_LIMIT, optional_line, optional_text, practice_name,
};
pub use zone::TimeZone;

use crate::access::Role;
use crate::thread::{AutoPriority, Category, CategorySet};
use chrono::Duration;

/// The settings that rules read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PracticeRules {
    /// How long after closing a patient's message reopens a thread.
    pub reopen_window: Duration,
    /// The priority of threads that patients start.
    pub auto_priority: AutoPriority,
}

impl Default for PracticeRules {
    /// Fourteen days (product.md "Thread").
    fn default() -> Self {
        Self { reopen_window: Duration::days(14), auto_priority: AutoPriority::default() }
    }
}

/// Whether an automatic reply answers a new thread: only one that the patient started, only in a category
/// whose reply is switched on, and never one that goes on from a closed thread.
pub const fn answers_automatically(active: bool, started_by_patient: bool, linked: bool) -> bool {
    active && started_by_patient && !linked
}

/// The automatic replies that every new practice gets, switched on (product.md "Message").
pub const DEFAULT_AUTO_REPLIES: [(Category, &str); 3] = [
    (
        Category::Prescription,
        "Thank you for your prescription refill request. Our clinical team will review your request within 1-2 business days. For urgent medication needs, please call our office directly.",
    ),
    (
        Category::Appointment,
        "Thank you for your appointment request. Our scheduling team will respond within 24 hours. For immediate scheduling needs, please call our office.",
    ),
    (
        Category::Medical,
        "Thank you for reaching out. A member of our clinical team will review your message and respond within 1-2 business days. If you have urgent medical concerns, please call our office or seek emergency care.",
    ),
];

/// A team that every new practice gets (product.md "Teams").
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DefaultTeam {
    /// Its name.
    pub name: &'static str,
    /// The categories that it is on duty for.
    pub categories: CategorySet,
    /// The roles whose people are its members.
    pub roles: &'static [Role],
}

/// Triage, the front desk and billing.
pub const DEFAULT_TEAMS: [DefaultTeam; 3] = [
    DefaultTeam {
        name: "Triage",
        categories: CategorySet::of(&[
            Category::Medical,
            Category::Prescription,
            Category::General,
            Category::Other,
        ]),
        roles: &[Role::Nurse, Role::MedicalAssistant],
    },
    DefaultTeam {
        name: "Front desk",
        categories: CategorySet::of(&[Category::Appointment]),
        roles: &[Role::FrontDesk],
    },
    DefaultTeam {
        name: "Billing",
        categories: CategorySet::of(&[Category::Billing]),
        roles: &[Role::Billing],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_has_exactly_one_team_on_duty_whose_members_see_it() {
        for category in Category::ALL {
            let on_duty: Vec<_> = DEFAULT_TEAMS.iter().filter(|t| t.categories.contains(category)).collect();
            assert_eq!(on_duty.len(), 1, "{category:?}");
            for role in on_duty[0].roles {
                assert!(role.default_categories().contains(category), "{role:?} {category:?}");
            }
        }
    }

    #[test]
    fn only_a_new_thread_of_a_patient_is_answered_automatically() {
        assert!(answers_automatically(true, true, false));
        for (active, by_patient, linked) in [(false, true, false), (true, false, false), (true, true, true)] {
            assert!(!answers_automatically(active, by_patient, linked));
        }
    }
}
