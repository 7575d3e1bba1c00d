//! People, records and settings, as those who administer a practice see them.

use super::{Id, PortalAccess, Relationship, Role, Scope, Timestamp, UserState, shown};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use threadwell_application::admin::records::RecordDetail;
use threadwell_application::ports::{HolderView, LinkRecord, RecordView, UserView};
use threadwell_domain::access::{GrantScope, Relationship as As};
use threadwell_domain::practice::{Holiday, OpenHours};
use utoipa::ToSchema;
use uuid::Uuid;

/// The id of what was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct Created {
    pub(crate) id: Id,
}

/// A team of somebody.
#[derive(Serialize, ToSchema)]
pub(crate) struct TeamOfUser {
    id: Id,
    #[schema(example = "Triage")]
    name: String,
}

/// A member of the staff, as administrators see it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffAccount {
    id: Id,
    #[schema(example = "Maria Santos")]
    full_name: String,
    #[schema(required, example = "Medical Assistant")]
    title: Option<String>,
    #[schema(example = "ma@riverside.example")]
    email: String,
    role: Role,
    state: UserState,
    has_second_factor: bool,
    #[schema(required)]
    last_sign_in_at: Option<Timestamp>,
    teams: Vec<TeamOfUser>,
    /// Moves with every change; give it back as If-Match.
    #[schema(example = 4)]
    version: i32,
}

impl From<&UserView> for StaffAccount {
    fn from(view: &UserView) -> Self {
        let teams = view.teams.iter().map(|(id, name)| TeamOfUser { id: Id(id.uuid()), name: name.clone() });
        Self {
            id: Id(view.id.uuid()),
            full_name: view.full_name.clone(),
            title: view.title.clone(),
            email: shown(&view.email),
            role: view.role.into(),
            state: view.state.into(),
            has_second_factor: view.has_second_factor,
            last_sign_in_at: view.last_sign_in_at.map(Timestamp),
            teams: teams.collect(),
            version: view.version,
        }
    }
}

/// A patient's record.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Patient {
    id: Id,
    #[schema(example = "Ana Silva")]
    full_name: String,
    #[schema(example = "RD-100234")]
    mrn: String,
    #[schema(required, example = "1988-04-17")]
    birth_date: Option<String>,
    #[schema(required, example = "ana.silva@example.org")]
    email: Option<String>,
    #[schema(required, example = "+1 555 0142")]
    phone: Option<String>,
    /// The preferred language (BCP 47).
    #[schema(example = "en")]
    language: String,
    access: PortalAccess,
}

impl From<&RecordView> for Patient {
    fn from(view: &RecordView) -> Self {
        Self {
            id: Id(view.id.uuid()),
            full_name: shown(&view.full_name),
            mrn: shown(&view.mrn),
            birth_date: view.birth_date.as_ref().map(shown),
            email: view.email.as_ref().map(shown),
            phone: view.phone.as_ref().map(shown),
            language: view.language.clone(),
            access: view.access.into(),
        }
    }
}

/// An account that acts for a patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountOfPatient {
    account_id: Id,
    #[schema(example = "Carla Mendes")]
    full_name: String,
    #[schema(example = "carla.mendes@example.org")]
    email: String,
    relationship: Relationship,
    scope: Scope,
    #[schema(required)]
    expires_at: Option<Timestamp>,
    is_active: bool,
    #[schema(required)]
    last_sign_in_at: Option<Timestamp>,
    has_second_factor: bool,
}

impl From<&HolderView> for AccountOfPatient {
    fn from(view: &HolderView) -> Self {
        Self {
            account_id: Id(view.account.uuid()),
            full_name: shown(&view.full_name),
            email: shown(&view.email),
            relationship: view.relationship.into(),
            scope: view.scope.into(),
            expires_at: view.expires_at.map(Timestamp),
            is_active: view.is_active,
            last_sign_in_at: view.last_sign_in_at.map(Timestamp),
            has_second_factor: view.has_second_factor,
        }
    }
}

/// An invitation that waits to be taken up.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InvitationOfPatient {
    id: Id,
    #[schema(example = "carla.mendes@example.org")]
    email: String,
    relationship: Relationship,
    scope: Scope,
    expires_at: Timestamp,
    created_at: Timestamp,
}

impl From<&LinkRecord> for InvitationOfPatient {
    fn from(link: &LinkRecord) -> Self {
        Self {
            id: Id(link.id),
            email: link.email.as_ref().map(shown).unwrap_or_default(),
            relationship: link.grant.map_or(As::Myself, |grant| grant.relationship).into(),
            scope: link.grant.map_or(GrantScope::ReadWrite, |grant| grant.scope).into(),
            expires_at: link.expires_at.into(),
            created_at: link.created_at.into(),
        }
    }
}

/// A patient's record with those who act for the patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PatientDetail {
    #[serde(flatten)]
    patient: Patient,
    accounts: Vec<AccountOfPatient>,
    invitations: Vec<InvitationOfPatient>,
    /// Moves with every change; give it back as If-Match.
    #[schema(example = 4)]
    version: i32,
}

impl From<&RecordDetail> for PatientDetail {
    fn from(detail: &RecordDetail) -> Self {
        Self {
            patient: (&detail.record).into(),
            accounts: detail.holders.iter().map(AccountOfPatient::from).collect(),
            invitations: detail.invitations.iter().map(InvitationOfPatient::from).collect(),
            version: detail.record.version,
        }
    }
}

/// Hours of one day of the week.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PracticeHours {
    /// 0 is Monday.
    #[schema(minimum = 0, maximum = 6, example = 0)]
    pub(crate) day: u8,
    /// `HH:MM`.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length = 5, example = "08:00")]
    pub(crate) from: String,
    /// `HH:MM`, after `from`; `24:00` is the end of the day.
    #[schema(pattern = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", max_length = 5, example = "17:00")]
    pub(crate) to: String,
}

impl From<&OpenHours> for PracticeHours {
    fn from(hours: &OpenHours) -> Self {
        let text = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        Self { day: hours.day, from: text(hours.from), to: text(hours.to) }
    }
}

/// The minutes after midnight of a time as it travels.
pub(crate) fn clock_time(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let is_written =
        hours.len() == 2 && minutes.len() == 2 && text.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (is_written && minutes < 60 && hours * 60 + minutes <= 24 * 60).then_some(hours * 60 + minutes)
}

/// A day without office hours.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PracticeHoliday {
    #[schema(value_type = String, format = Date, max_length = 10, example = "2026-12-25")]
    date: String,
    #[schema(min_length = 1, max_length = 60, example = "Christmas")]
    name: String,
}

impl From<&Holiday> for PracticeHoliday {
    fn from(holiday: &Holiday) -> Self {
        Self { date: holiday.date.format("%Y-%m-%d").to_string(), name: holiday.name.clone() }
    }
}

impl PracticeHoliday {
    /// As the rules know it; `None` if the day is none.
    pub(crate) fn parse(&self) -> Option<Holiday> {
        let date = NaiveDate::parse_from_str(&self.date, "%Y-%m-%d").ok()?;
        (date.format("%Y-%m-%d").to_string() == self.date).then(|| Holiday { date, name: self.name.clone() })
    }
}

impl Created {
    /// Of an id that a receipt holds.
    pub(crate) fn of(id: Option<Uuid>) -> Result<Self, crate::http::code::Code> {
        id.map(|id| Self { id: Id(id) }).ok_or(crate::http::code::Code::InternalError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_has_four_digits() {
        assert_eq!(clock_time("08:30"), Some(510));
        assert_eq!(clock_time("24:00"), Some(1440));
        for wrong in ["8:30", "24:01", "12:60", "+8:30", "08:3", "0830", "", "ab:cd"] {
            assert_eq!(clock_time(wrong), None, "{wrong}");
        }
    }
}
