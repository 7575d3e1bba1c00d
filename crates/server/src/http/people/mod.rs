//! Colleagues, teams and patients, for staff.

pub(crate) mod list_staff;
pub(crate) mod list_teams;
pub(crate) mod search_patients;
