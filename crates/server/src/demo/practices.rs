//! The two practices: their public faces and who belongs to them.

use super::patients::{HILLSIDE, HILLSIDE_PROXIES, Person, Proxy, RIVERSIDE, RIVERSIDE_PROXIES};
use super::staff::{HILLSIDE_STAFF, Member, RIVERSIDE_STAFF};
use super::story::Story;
use super::threads;
use threadwell_application::ports::{AnswerTime, NewPractice, PracticeFace, PracticePage, PracticeSummary};
use threadwell_domain::TenantId;
use threadwell_domain::practice::{OfficeHours, OpenHours};
use threadwell_domain::thread::Category;

/// A practice with its people and stories.
pub(super) struct Cast {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) phone: &'static str,
    pub(super) staff: &'static [Member],
    pub(super) patients: &'static [Person],
    pub(super) proxies: &'static [Proxy],
    /// How texts name the doctor.
    pub(super) doctor: &'static str,
    /// Where its patients get their prescriptions.
    pub(super) pharmacies: &'static [&'static str],
    /// The stories written by hand.
    pub(super) told: fn() -> Vec<Story>,
    /// Which of them are linked, by their keys.
    pub(super) links: &'static [(&'static str, &'static str)],
    /// How many varied conversations are added.
    pub(super) varied: i64,
    /// What its die starts from.
    pub(super) seed: u64,
}

pub(super) fn riverside() -> Cast {
    Cast {
        slug: "riverside",
        name: "Riverside Dermatology",
        phone: "(555) 010-0142",
        staff: &RIVERSIDE_STAFF,
        patients: &RIVERSIDE,
        proxies: &RIVERSIDE_PROXIES,
        doctor: "Dr. Okafor",
        pharmacies: &[
            "Corner Pharmacy on River Street",
            "Main Street Drugs",
            "the Lakeview pharmacy",
            "Harbor Pharmacy",
        ],
        told: threads::riverside,
        links: &[("sofia-eczema", "sofia-swimming")],
        varied: 190,
        seed: 0x0071_7665_7273_6964,
    }
}

pub(super) fn hillside() -> Cast {
    Cast {
        slug: "hillside",
        name: "Hillside Dermatology",
        phone: "(555) 010-0260",
        staff: &HILLSIDE_STAFF,
        patients: &HILLSIDE,
        proxies: &HILLSIDE_PROXIES,
        doctor: "Dr. Lindgren",
        pharmacies: &["Summit Pharmacy", "Oak Hill Drugs"],
        told: threads::hillside,
        links: &[],
        varied: 45,
        seed: 0x6869_6c6c_7369_6465,
    }
}

impl Cast {
    /// The practice as it is founded.
    pub(super) fn founding(&self, id: TenantId) -> NewPractice {
        let answer_times = [
            (Category::General, "Answer on a business day"),
            (Category::Prescription, "1 to 2 business days"),
            (Category::Appointment, "24 hours"),
            (Category::Billing, "2 to 3 business days"),
            (Category::Medical, "1 to 2 business days"),
            (Category::Other, "Answer on a business day"),
        ];
        NewPractice {
            page: PracticePage {
                summary: PracticeSummary { id, slug: self.slug.to_owned(), name: self.name.to_owned() },
                phone: self.phone.to_owned(),
                emergency_text: "Emergency: call 911".to_owned(),
                hours: "Monday to Friday, 8 AM to 5 PM".to_owned(),
                after_hours_text: "We do not read messages at night or on weekends.".to_owned(),
                answer_times: answer_times
                    .map(|(category, text)| AnswerTime { category, text: text.to_owned() })
                    .into(),
                reopen_window_days: 14,
                face: face(),
            },
            time_zone: "America/New_York".to_owned(),
            needs_second_factor: false,
        }
    }
}

/// Open on weekdays, as the text says.
fn face() -> PracticeFace {
    let weekday = |day| OpenHours { day, from: 8 * 60, to: 17 * 60 };
    let office_hours = OfficeHours::of_week((0..5).map(weekday).collect()).unwrap_or_default();
    PracticeFace { office_hours, ..PracticeFace::default() }
}
