//! Unsent words of a patient outlive the page on which they were typed.

use super::grant_of;
use crate::access::{Access, Action, Caller};
use crate::ports::Store;
use crate::{Error, Result};
use threadwell_domain::ThreadId;
use threadwell_domain::message::{DraftKind, DraftText, NewThreadDraft};

/// Keeps what the caller has begun to write into a thread, for the caller's account alone; no words clear it. Nothing
/// else moves, and nobody is told.
///
/// # Errors
/// The thread does not exist for the caller, the grant is for reading alone, or the database is unavailable.
pub fn save_draft(store: &dyn Store, caller: &Caller, id: ThreadId, text: &DraftText) -> Result<()> {
    store.transact(&Access::to_thread(caller, Action::PortalSaveDraft, id), |tx| {
        let sight = tx.threads().sight(id)?.ok_or(Error::NotFound)?;
        tx.drafts().keep(&sight, DraftKind::Reply, text)
    })
}

/// Keeps the conversation that the caller has begun, one for each patient; an empty one clears it.
///
/// # Errors
/// A proxy began a confidential one (`Denied`), the grant is for reading alone, or the database is unavailable.
pub fn save_new_draft(store: &dyn Store, caller: &Caller, draft: &NewThreadDraft) -> Result<()> {
    store.transact(&Access::to(caller, Action::PortalSaveDraft), |tx| {
        let grant = grant_of(&tx.portal()?)?;
        if !grant.sees(draft.is_confidential) {
            return Err(Error::Denied);
        }
        tx.drafts().keep_new(grant.patient, draft)
    })
}
