//! What the sessions of open streams are worth now.

use crate::Result;
use crate::access::SessionFacts;
use threadwell_domain::access::{Grant, Role};
use threadwell_domain::practice::AddressRange;
use threadwell_domain::thread::CategorySet;
use threadwell_domain::{AccountId, SessionId, StaffId};

/// A session of a member of the staff, with its person as they are now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffStanding {
    /// Which session.
    pub session: SessionId,
    /// Whose.
    pub staff: StaffId,
    /// What its row says.
    pub facts: SessionFacts,
    /// Whether the person may still sign in.
    pub is_active: bool,
    /// The role.
    pub role: Role,
    /// What the role sees.
    pub categories: CategorySet,
}

/// A session of a portal account, with one of its grants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountStanding {
    /// Which session.
    pub session: SessionId,
    /// Whose.
    pub account: AccountId,
    /// What its row says.
    pub facts: SessionFacts,
    /// Whether the account may still sign in.
    pub is_active: bool,
    /// A grant; the same session comes once for each.
    pub grant: Grant,
}

/// Sessions, for the worker's role.
pub trait Standings {
    /// Where the practice's staff come from; everywhere, if there are none.
    ///
    /// # Errors
    /// An unavailable database.
    fn staff_ranges(&mut self) -> Result<Vec<AddressRange>>;

    /// Those of the staff among the sessions.
    ///
    /// # Errors
    /// An unavailable database.
    fn of_staff(&mut self, sessions: &[SessionId]) -> Result<Vec<StaffStanding>>;

    /// Those of portal accounts, once for each grant.
    ///
    /// # Errors
    /// An unavailable database.
    fn of_accounts(&mut self, sessions: &[SessionId]) -> Result<Vec<AccountStanding>>;
}
