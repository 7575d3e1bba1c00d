//! The staffs of the two practices: one of every role, two providers.

use super::story::Who;
use threadwell_domain::access::Role;

/// A member of the staff.
pub(super) struct Member {
    pub(super) who: Who,
    /// What stands before the practice's domain in the e-mail.
    pub(super) mailbox: &'static str,
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) role: Role,
}

const fn member(
    who: Who,
    mailbox: &'static str,
    name: &'static str,
    title: &'static str,
    role: Role,
) -> Member {
    Member { who, mailbox, name, title, role }
}

pub(super) const RIVERSIDE_STAFF: [Member; 8] = [
    member(Who::Admin, "admin", "Margaret Sullivan-Pierce", "Practice manager", Role::Admin),
    member(Who::Provider, "provider", "Dr. Amara Okafor", "Dermatologist", Role::Provider),
    member(Who::Provider2, "provider2", "Dr. Daniel Reyes", "Dermatologist", Role::Provider),
    member(Who::Nurse, "nurse", "Priya Raman-Whitfield", "Nurse", Role::Nurse),
    member(Who::Assistant, "ma", "Jordan Lee", "Medical assistant", Role::MedicalAssistant),
    member(Who::FrontDesk, "frontdesk", "Tomás Rivera", "Front desk", Role::FrontDesk),
    member(Who::Billing, "billing", "Helen Zhou", "Billing", Role::Billing),
    member(Who::Auditor, "auditor", "Ruth Abernathy", "Privacy officer", Role::Auditor),
];

pub(super) const HILLSIDE_STAFF: [Member; 8] = [
    member(Who::Admin, "admin", "Victor Amsel", "Office manager", Role::Admin),
    member(Who::Provider, "provider", "Dr. Karin Lindgren", "Dermatologist", Role::Provider),
    member(Who::Provider2, "provider2", "Dr. Samuel Osei", "Dermatologist", Role::Provider),
    member(Who::Nurse, "nurse", "Beatriz Fonseca", "Nurse", Role::Nurse),
    member(Who::Assistant, "ma", "Caleb Turner", "Medical assistant", Role::MedicalAssistant),
    member(Who::FrontDesk, "frontdesk", "Naomi Feld", "Front desk", Role::FrontDesk),
    member(Who::Billing, "billing", "Arturo Bianchi", "Billing", Role::Billing),
    member(Who::Auditor, "auditor", "Hannah Weiss", "Privacy officer", Role::Auditor),
];
