//! Unsent words of the staff outlive the page on which they were typed.

use crate::access::{Access, Action, Caller};
use crate::ports::Store;
use crate::{Error, Result};
use threadwell_domain::ThreadId;
use threadwell_domain::message::{DraftKind, DraftText};

/// Keeps what the caller has begun to write into a thread, for the caller alone; no words clear it. Nothing else moves,
/// and nobody is told.
///
/// # Errors
/// The thread does not exist for the caller, or the database is unavailable.
pub fn save_draft(
    store: &dyn Store,
    caller: &Caller,
    id: ThreadId,
    kind: DraftKind,
    text: &DraftText,
) -> Result<()> {
    store.transact(&Access::to_thread(caller, action_of(kind), id), |tx| {
        let sight = tx.threads().sight(id)?.ok_or(Error::NotFound)?;
        tx.drafts().keep(&sight, kind, text)
    })
}

const fn action_of(kind: DraftKind) -> Action {
    match kind {
        DraftKind::Reply => Action::SaveReplyDraft,
        DraftKind::Note => Action::SaveNoteDraft,
    }
}
