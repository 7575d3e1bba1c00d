//! What a patient has begun to write.

use super::grant_of;
use crate::access::{Access, Action, Caller};
use crate::ports::{KeptDraft, KeptThreadDraft, Store};
use crate::{Error, Result};
use threadwell_domain::ThreadId;
use threadwell_domain::message::DraftKind;

/// What the caller has begun to write into a thread.
///
/// # Errors
/// The thread does not exist for the caller, the grant is for reading alone, or the database is unavailable.
pub fn read_draft(store: &dyn Store, caller: &Caller, id: ThreadId) -> Result<Option<KeptDraft>> {
    store.transact(&Access::to_thread(caller, Action::PortalReadDraft, id), |tx| {
        let sight = tx.threads().sight(id)?.ok_or(Error::NotFound)?;
        let mut kept = tx.drafts().of_thread(&sight)?.into_iter();
        Ok(kept.find(|draft| draft.kind == DraftKind::Reply))
    })
}

/// The conversation that the caller has begun with the patient.
///
/// # Errors
/// The grant is for reading alone, or the database is unavailable.
pub fn read_new_draft(store: &dyn Store, caller: &Caller) -> Result<Option<KeptThreadDraft>> {
    store.transact(&Access::to(caller, Action::PortalReadDraft), |tx| {
        let patient = grant_of(&tx.portal()?)?.patient;
        tx.drafts().of_new(patient)
    })
}
