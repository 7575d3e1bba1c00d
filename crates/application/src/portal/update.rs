//! What a patient alone decides about a thread.

use crate::access::{Access, Action, Caller};
use crate::ports::{PortalThreadView, Store};
use crate::{Error, Result, tell};
use threadwell_domain::{Moment, ThreadId};

/// Shuts proxies out of a thread, or lets them in again; gives the thread, and until when a message reopens it.
///
/// # Errors
/// The thread does not exist for the caller or moved on as far as the portal shows it, the caller is not the patient, or
/// the database is unavailable.
pub fn set_confidential(
    store: &dyn Store,
    caller: &Caller,
    id: ThreadId,
    is_confidential: bool,
    if_match: Option<i32>,
) -> Result<(PortalThreadView, Option<Moment>)> {
    store.transact(&Access::to_thread(caller, Action::PortalUpdateThread, id), |tx| {
        let thread = tx.threads().find_for_update(id)?.ok_or(Error::NotFound)?;
        let version = thread.facts().public_version;
        if if_match.is_some_and(|wanted| wanted != version) {
            return Err(Error::VersionMismatch { current: version });
        }
        let at = tx.now();
        let changed = thread.clone().set_confidential(is_confidential, at);
        if changed.facts() != thread.facts() {
            tx.threads().save(&changed, crate::ports::ThreadTexts::default())?;
            tell::moved(tx, thread.facts(), changed.facts())?;
        }
        let window = tx.portal()?.rules().reopen_window;
        let view = tx.portal_inbox().detail(id)?.ok_or(Error::NotFound)?;
        let reopens_until = view.facts.reopens_until(window);
        Ok((view, reopens_until))
    })
}
