//! Colleagues, teams and patients.

use super::{Category, Id, Role, shown};
use serde::Serialize;
use threadwell_application::ports::{PatientHit, StaffProfile, StaffView, TeamView};
use threadwell_domain::thread::CategorySet;
use utoipa::ToSchema;

/// The member of the staff who is signed in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffUser {
    id: Id,
    #[schema(example = "Maria Santos")]
    full_name: String,
    #[schema(required, example = "Medical Assistant")]
    title: Option<String>,
    #[schema(example = "ma@riverside.example")]
    email: String,
    role: Role,
}

impl From<&StaffProfile> for StaffUser {
    fn from(profile: &StaffProfile) -> Self {
        Self {
            id: Id(profile.id.uuid()),
            full_name: profile.full_name.clone(),
            title: profile.title.clone(),
            email: shown(&profile.email),
            role: profile.role.into(),
        }
    }
}

/// A colleague.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffMember {
    id: Id,
    #[schema(example = "Maria Santos")]
    full_name: String,
    #[schema(required, example = "Medical Assistant")]
    title: Option<String>,
    role: Role,
    /// The categories whose threads the person sees.
    categories: Vec<Category>,
}

impl From<&StaffView> for StaffMember {
    fn from(view: &StaffView) -> Self {
        Self {
            id: Id(view.id.uuid()),
            full_name: view.full_name.clone(),
            title: view.title.clone(),
            role: view.role.into(),
            categories: categories(view.categories),
        }
    }
}

/// The members of a set, in display order.
pub(crate) fn categories(set: CategorySet) -> Vec<Category> {
    set.iter().map(Category::from).collect()
}

/// A person of a team.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TeamMember {
    id: Id,
    #[schema(example = "Maria Santos")]
    full_name: String,
}

/// A team that threads can be assigned to.
#[derive(Serialize, ToSchema)]
pub(crate) struct Team {
    id: Id,
    #[schema(example = "Triage")]
    name: String,
    /// What the team is on duty for.
    categories: Vec<Category>,
    members: Vec<TeamMember>,
}

impl From<&TeamView> for Team {
    fn from(view: &TeamView) -> Self {
        let members = view.members.iter();
        Self {
            id: Id(view.id.uuid()),
            name: view.name.clone(),
            categories: categories(view.categories),
            members: members
                .map(|(id, name)| TeamMember { id: Id(id.uuid()), full_name: name.clone() })
                .collect(),
        }
    }
}

/// A patient that a search found.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PatientMatch {
    id: Id,
    #[schema(example = "Ana Silva")]
    full_name: String,
    #[schema(example = "RD-100234")]
    mrn: String,
    #[schema(required, example = "1988-04-17")]
    birth_date: Option<String>,
}

impl From<&PatientHit> for PatientMatch {
    fn from(hit: &PatientHit) -> Self {
        Self {
            id: Id(hit.id.uuid()),
            full_name: shown(&hit.full_name),
            mrn: shown(&hit.mrn),
            birth_date: hit.birth_date.as_ref().map(shown),
        }
    }
}
