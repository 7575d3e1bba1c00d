//! What people have begun to write and not sent.

use super::ThreadSight;
use crate::Result;
use threadwell_domain::message::{DraftKind, DraftText, NewThreadDraft};
use threadwell_domain::thread::Category;
use threadwell_domain::{Moment, PatientId, Phi, ThreadId};

/// The words of a draft as they were kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptDraft {
    /// What they are to become.
    pub kind: DraftKind,
    /// The words.
    pub text: Phi,
    /// When they were kept.
    pub updated_at: Moment,
}

/// A conversation that was begun, as it was kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptThreadDraft {
    /// What it will be called.
    pub subject: Phi,
    /// What it is about, once that is chosen.
    pub category: Option<Category>,
    /// The first message.
    pub text: Phi,
    /// Whether it is to shut proxies out.
    pub is_confidential: bool,
    /// When it was kept.
    pub updated_at: Moment,
}

/// The actor's own drafts, and nobody else's. What does not open any more is no draft.
pub trait Drafts {
    /// Keeps the words for a thread in the place of earlier ones; none clear them.
    ///
    /// # Errors
    /// An unavailable database.
    fn keep(&mut self, thread: &ThreadSight, kind: DraftKind, text: &DraftText) -> Result<()>;

    /// What is kept for a thread.
    ///
    /// # Errors
    /// An unavailable database.
    fn of_thread(&mut self, thread: &ThreadSight) -> Result<Vec<KeptDraft>>;

    /// Clears the words for a thread with the commit: they were sent.
    ///
    /// # Errors
    /// Whoever passed the door keeps no drafts.
    fn were_sent(&mut self, thread: ThreadId, kind: DraftKind) -> Result<()>;

    /// Keeps a conversation with a patient that was begun, in the place of an earlier one; an empty one clears it.
    ///
    /// # Errors
    /// An unavailable database.
    fn keep_new(&mut self, patient: PatientId, draft: &NewThreadDraft) -> Result<()>;

    /// The conversation with a patient that was begun.
    ///
    /// # Errors
    /// An unavailable database.
    fn of_new(&mut self, patient: PatientId) -> Result<Option<KeptThreadDraft>>;

    /// Clears the conversation that was begun, with the commit: it was sent.
    ///
    /// # Errors
    /// Whoever passed the door keeps no drafts.
    fn new_was_sent(&mut self, patient: PatientId) -> Result<()>;
}
