//! Patients, colleagues and teams.

use super::Readable;
use crate::Result;
use threadwell_domain::access::Role;
use threadwell_domain::thread::{Assignee, Category, CategorySet};
use threadwell_domain::{PatientId, StaffId, TeamId};

/// A patient in the answer to a search.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PatientHit {
    /// Who.
    pub id: PatientId,
    /// The name.
    pub full_name: Readable,
    /// The medical record number.
    pub mrn: Readable,
    /// The date of birth, as `YYYY-MM-DD`.
    pub birth_date: Option<Readable>,
}

/// Patients of the practice, for staff.
pub trait Patients {
    /// Whether there is such a patient.
    ///
    /// # Errors
    /// An unavailable database.
    fn exists(&mut self, id: PatientId) -> Result<bool>;

    /// Patients whose name has a word beginning with each of the words, or whose MRN is exactly the text.
    ///
    /// # Errors
    /// An unavailable database.
    fn search(&mut self, words: &str, limit: i64) -> Result<Vec<PatientHit>>;
}

/// A colleague.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffView {
    /// Who.
    pub id: StaffId,
    /// The name.
    pub full_name: String,
    /// The title, such as "RN".
    pub title: Option<String>,
    /// The role.
    pub role: Role,
    /// The categories that the role sees.
    pub categories: CategorySet,
}

/// A team with its people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamView {
    /// Which team.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// What it is on duty for.
    pub categories: CategorySet,
    /// Its active members.
    pub members: Vec<(StaffId, String)>,
}

/// Colleagues and teams of the practice.
pub trait People {
    /// Active staff, by name.
    ///
    /// # Errors
    /// An unavailable database.
    fn staff(&mut self) -> Result<Vec<StaffView>>;

    /// Teams, by name, with their active members.
    ///
    /// # Errors
    /// An unavailable database.
    fn teams(&mut self) -> Result<Vec<TeamView>>;

    /// Whether a person is active and sees the category, or a team has such a member.
    ///
    /// # Errors
    /// An unavailable database.
    fn can_take(&mut self, assignee: Assignee, category: Category) -> Result<bool>;

    /// Whether the practice has or had such a person or team.
    ///
    /// # Errors
    /// An unavailable database.
    fn is_known(&mut self, assignee: Assignee) -> Result<bool>;
}
