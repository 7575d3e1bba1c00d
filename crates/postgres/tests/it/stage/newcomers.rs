//! Practices and people to be added.

use threadwell_application::ports::{
    NewAccount, NewPatient, NewPractice, NewStaff, PracticePage, PracticeSummary,
};
use threadwell_domain::access::Role;
use threadwell_domain::{AccountId, PatientId, Phi, StaffId, TenantId};

/// What stands for everybody's password; the store never looks into it.
pub(crate) const PASSWORD_HASH: &str = "a stored hash";

pub(crate) fn new_practice(tenant: TenantId, slug: &str, name: &str) -> NewPractice {
    NewPractice {
        page: PracticePage {
            summary: PracticeSummary { id: tenant, slug: slug.to_owned(), name: name.to_owned() },
            phone: "+1 555 0100".to_owned(),
            emergency_text: "Call 911.".to_owned(),
            hours: "Mon-Fri 8-17".to_owned(),
            after_hours_text: "Call the on-call line.".to_owned(),
            answer_times: Vec::new(),
            reopen_window_days: 14,
            face: threadwell_application::ports::PracticeFace::default(),
        },
        time_zone: "America/New_York".to_owned(),
        needs_second_factor: false,
    }
}

pub(crate) fn new_staff(id: StaffId, role: Role, email: &str) -> NewStaff {
    NewStaff {
        id,
        email: Phi::new(email),
        full_name: format!("Somebody {}", role.name()),
        title: Some("RN".to_owned()),
        role,
        password_hash: PASSWORD_HASH.to_owned(),
    }
}

pub(crate) fn new_patient(id: PatientId, name: &str, mrn: &str) -> NewPatient {
    NewPatient {
        id,
        full_name: Phi::new(name),
        mrn: Phi::new(mrn),
        birth_date: Some(Phi::new("1980-02-03")),
        phone: None,
        email: None,
        language: "en".to_owned(),
    }
}

pub(crate) fn new_account(id: AccountId, email: &str) -> NewAccount {
    NewAccount {
        id,
        email: Phi::new(email),
        full_name: Phi::new("Carla Mendes"),
        language: "es".to_owned(),
        password_hash: PASSWORD_HASH.to_owned(),
    }
}
