//! Which teams there are.

use crate::Result;
use threadwell_domain::team::TeamName;
use threadwell_domain::thread::CategorySet;
use threadwell_domain::{StaffId, TeamId};

/// What a team is to be; `None` leaves a part as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TeamChanges {
    /// What it is called.
    pub name: Option<TeamName>,
    /// What it is on duty for.
    pub categories: Option<CategorySet>,
    /// Who belongs to it.
    pub members: Option<Vec<StaffId>>,
}

/// Teams of the practice, for those who manage them.
pub trait Teams {
    /// Keeps others from changing teams until the transaction ends, and counts them.
    ///
    /// # Errors
    /// An unavailable database.
    fn count_for_update(&mut self) -> Result<usize>;

    /// Adds a team without people.
    ///
    /// # Errors
    /// Another team has the name (`Invalid`), or an unavailable database.
    fn add(&mut self, id: TeamId, name: &TeamName, categories: CategorySet) -> Result<()>;

    /// Changes name and duty. `false` if there is no such team.
    ///
    /// # Errors
    /// Another team has the name (`Invalid`), or an unavailable database.
    fn save(&mut self, id: TeamId, changes: &TeamChanges) -> Result<bool>;

    /// Says who belongs to a team from now on. `false` if one of them is no active member of the staff.
    ///
    /// # Errors
    /// An unavailable database.
    fn set_members(&mut self, id: TeamId, members: &[StaffId]) -> Result<bool>;

    /// Takes a team out of use. `false` if there is no such team.
    ///
    /// # Errors
    /// An unavailable database.
    fn retire(&mut self, id: TeamId) -> Result<bool>;

    /// Whether threads that are not closed are with the team.
    ///
    /// # Errors
    /// An unavailable database.
    fn has_open_threads(&mut self, id: TeamId) -> Result<bool>;

    /// Takes all threads from a team. `false` if one of them is not closed.
    ///
    /// # Errors
    /// An unavailable database.
    fn release_threads(&mut self, id: TeamId) -> Result<bool>;
}
