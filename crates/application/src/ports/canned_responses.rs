//! Prepared answers and automatic replies.

use crate::Result;
use threadwell_domain::canned_response::CannedText;
use threadwell_domain::message::MessageBody;
use threadwell_domain::thread::Category;
use threadwell_domain::{CannedResponseId, Moment};

/// A prepared answer as stored. Its text is the practice's, not a patient's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CannedResponseView {
    /// Which one.
    pub id: CannedResponseId,
    /// How staff find it.
    pub title: String,
    /// Where it is offered first.
    pub category: Category,
    /// The text.
    pub response: String,
    /// Whether it is still offered.
    pub is_active: bool,
    /// When it was last changed.
    pub updated_at: Moment,
    /// Counts its changes.
    pub version: i32,
}

/// What staff ask of the list. `None` does not narrow.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CannedFilter {
    /// Only this category.
    pub category: Option<Category>,
    /// Only those whose title or text holds this, whatever the case.
    pub search: Option<String>,
}

/// What a prepared answer said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CannedVersion {
    /// Counted from 1.
    pub version: i32,
    /// How staff found it.
    pub title: String,
    /// Where it was offered first.
    pub category: Category,
    /// The text.
    pub response: String,
    /// When it was written.
    pub written_at: Moment,
    /// By whom; nobody for what the practice started with.
    pub written_by: Option<String>,
}

/// Prepared answers of the practice.
pub trait CannedResponses {
    /// Active ones, by category and title.
    ///
    /// # Errors
    /// An unavailable database.
    fn list(&mut self, filter: &CannedFilter) -> Result<Vec<CannedResponseView>>;

    /// An active one.
    ///
    /// # Errors
    /// An unavailable database.
    fn find(&mut self, id: CannedResponseId) -> Result<Option<CannedResponseView>>;

    /// Adds one, written by the actor.
    ///
    /// # Errors
    /// An unavailable database.
    fn add(&mut self, id: CannedResponseId, text: &CannedText) -> Result<()>;

    /// Writes a new version of an active one; the old version is kept. `false` if there is none.
    ///
    /// # Errors
    /// An unavailable database.
    fn save(&mut self, id: CannedResponseId, text: &CannedText) -> Result<bool>;

    /// All that one in use ever said, latest first; none if there is no such one.
    ///
    /// # Errors
    /// An unavailable database.
    fn versions(&mut self, id: CannedResponseId) -> Result<Vec<CannedVersion>>;

    /// Takes one out of use. `false` if there is none.
    ///
    /// # Errors
    /// An unavailable database.
    fn retire(&mut self, id: CannedResponseId) -> Result<bool>;
}

/// The automatic reply of a category.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AutoReplyView {
    /// Which category.
    pub category: Category,
    /// The text; empty where none was ever written.
    pub message: String,
    /// Whether it is sent.
    pub is_active: bool,
    /// When it was last changed.
    pub updated_at: Option<Moment>,
}

/// Automatic replies of the practice.
pub trait AutoReplies {
    /// All that exist, in the order of the categories.
    ///
    /// # Errors
    /// An unavailable database.
    fn all(&mut self) -> Result<Vec<AutoReplyView>>;

    /// The text for a category whose reply is switched on.
    ///
    /// # Errors
    /// An unavailable database.
    fn active_for(&mut self, category: Category) -> Result<Option<MessageBody>>;

    /// Writes the reply of a category.
    ///
    /// # Errors
    /// An unavailable database.
    fn put(&mut self, category: Category, message: Option<&MessageBody>, is_active: bool) -> Result<()>;
}
