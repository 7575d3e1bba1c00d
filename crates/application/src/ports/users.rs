//! The practice's staff, as those who manage them see them.

use super::{Readable, Recipient, ThreadSight};
use crate::Result;
use threadwell_domain::access::Role;
use threadwell_domain::person::{EmailAddress, PersonName, Title};
use threadwell_domain::thread::CategorySet;
use threadwell_domain::{Moment, StaffId, TeamId};

/// Where somebody stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UserState {
    /// May sign in.
    Active,
    /// Has not chosen a password yet.
    Invited,
    /// May not sign in.
    Deactivated,
}

/// A member of the staff.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UserView {
    /// Who.
    pub id: StaffId,
    /// The name.
    pub full_name: String,
    /// The title.
    pub title: Option<String>,
    /// The work e-mail.
    pub email: Readable,
    /// The role.
    pub role: Role,
    /// Where the person stands.
    pub state: UserState,
    /// Whether a second factor is there.
    pub has_second_factor: bool,
    /// When a session was last opened.
    pub last_sign_in_at: Option<Moment>,
    /// The teams, by name.
    pub teams: Vec<(TeamId, String)>,
    /// Moves with every change.
    pub version: i32,
}

/// Somebody to be added, without a password.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The work e-mail.
    pub email: EmailAddress,
    /// The name.
    pub full_name: PersonName,
    /// The title.
    pub title: Option<Title>,
    /// The role.
    pub role: Role,
    /// The teams to join; `None` is those of the role.
    pub teams: Option<Vec<TeamId>>,
}

/// What is to change of somebody; `None` leaves it as it is.
#[derive(Clone, Default, Debug)]
pub struct UserChanges {
    /// The work e-mail.
    pub email: Option<EmailAddress>,
    /// The name.
    pub full_name: Option<PersonName>,
    /// The title; `Some(None)` takes it away.
    pub title: Option<Option<Title>>,
    /// The role.
    pub role: Option<Role>,
    /// Whether the person may sign in.
    pub is_active: Option<bool>,
}

/// Who is on the staff, and what roles see.
pub trait Users {
    /// Everybody, by name.
    ///
    /// # Errors
    /// An unavailable database.
    fn list(&mut self) -> Result<Vec<UserView>>;

    /// One of them.
    ///
    /// # Errors
    /// An unavailable database.
    fn user(&mut self, id: StaffId) -> Result<Option<UserView>>;

    /// Who has this e-mail.
    ///
    /// # Errors
    /// An unavailable database.
    fn by_email(&mut self, email: &EmailAddress) -> Result<Option<StaffId>>;

    /// The administrators who may sign in. Nobody else changes them until the transaction ends.
    ///
    /// # Errors
    /// An unavailable database.
    fn hold_admins(&mut self) -> Result<Vec<StaffId>>;

    /// Adds somebody.
    ///
    /// # Errors
    /// The e-mail is taken, a team is none (`Invalid`), or an unavailable database.
    fn add_user(&mut self, id: StaffId, user: &NewUser) -> Result<()>;

    /// Changes somebody, who is moved on by one version.
    ///
    /// # Errors
    /// The e-mail is taken (`Invalid`), or an unavailable database.
    fn save_user(&mut self, id: StaffId, changes: &UserChanges) -> Result<()>;

    /// What each role sees.
    ///
    /// # Errors
    /// An unavailable database.
    fn role_categories(&mut self) -> Result<Vec<(Role, CategorySet)>>;

    /// Decides what a role sees.
    ///
    /// # Errors
    /// An unavailable database.
    fn set_role_categories(&mut self, role: Role, categories: CategorySet) -> Result<()>;
}

/// What people hold: sessions, factors, threads.
pub trait Holdings {
    /// Ends the sessions of a person and forgets the devices; gives how many sessions there were.
    ///
    /// # Errors
    /// An unavailable database.
    fn end_sessions(&mut self, of: Recipient) -> Result<usize>;

    /// Takes second factors and recovery codes away.
    ///
    /// # Errors
    /// An unavailable database.
    fn remove_factors(&mut self, of: Recipient) -> Result<()>;

    /// Takes threads away from people who are active no more, or whose role does not see the category; gives those that
    /// are not closed.
    ///
    /// # Errors
    /// An unavailable database.
    fn release_threads(&mut self, of: &[StaffId]) -> Result<Vec<ThreadSight>>;
}
