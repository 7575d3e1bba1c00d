//! Ways to look at the inbox that people keep.

use super::Readable;
use crate::Result;
use threadwell_domain::thread::Assignee;
use threadwell_domain::view::ViewName;
use threadwell_domain::{Phi, StaffId, ViewId};

/// What is kept of a view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ViewText {
    /// What it is called.
    pub name: ViewName,
    /// Whether colleagues see it.
    pub is_shared: bool,
    /// What it asks of the inbox, in the words of the side that asks. A search may hold a patient's name.
    pub filter: Phi,
    /// Whom the filter names. Who leaves later stays in it.
    pub assignee: Option<Assignee>,
}

/// A view as its reader sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ViewView {
    /// Which.
    pub id: ViewId,
    /// What it is called.
    pub name: Readable,
    /// Whether colleagues see it.
    pub is_shared: bool,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// Whose it is.
    pub owner_name: String,
    /// What it asks of the inbox.
    pub filter: Readable,
}

/// Views that exist for the actor: the actor's own and shared ones.
pub trait Views {
    /// All of them, the actor's own first, each by name.
    ///
    /// # Errors
    /// An unavailable database.
    fn all(&mut self) -> Result<Vec<ViewView>>;

    /// How many the actor keeps; further ones of the actor wait until the transaction ends.
    ///
    /// # Errors
    /// An unavailable database.
    fn count_own_for_update(&mut self) -> Result<usize>;

    /// Adds one of somebody's.
    ///
    /// # Errors
    /// An unavailable database.
    fn add(&mut self, id: ViewId, owner: StaffId, text: &ViewText) -> Result<()>;

    /// Whether one that exists for the actor is shared; `None` if there is none. Nobody else changes it until the
    /// transaction ends.
    ///
    /// # Errors
    /// An unavailable database.
    fn is_shared(&mut self, id: ViewId) -> Result<Option<bool>>;

    /// Changes one: an own one, or any shared one where `may_change_shared`. `false` if there is none.
    ///
    /// # Errors
    /// An unavailable database.
    fn save(&mut self, id: ViewId, text: &ViewText, may_change_shared: bool) -> Result<bool>;

    /// Takes one out of use, under the same conditions.
    ///
    /// # Errors
    /// An unavailable database.
    fn retire(&mut self, id: ViewId, may_change_shared: bool) -> Result<bool>;
}
