//! Prepared answers: everybody who replies uses them, providers and admins write them.

use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{CannedFilter, CannedResponseView, CannedVersion, IdempotencyKey, Receipt, Store};
use crate::{Error, Result, tell};
use threadwell_domain::CannedResponseId;
use threadwell_domain::canned_response::{CannedText, CannedTitle};
use threadwell_domain::message::MessageBody;
use threadwell_domain::thread::Category;

/// The fields to change; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct CannedChanges {
    /// How staff find it.
    pub title: Option<CannedTitle>,
    /// Where it is offered first.
    pub category: Option<Category>,
    /// The text.
    pub response: Option<MessageBody>,
}

/// The prepared answers in use.
///
/// # Errors
/// The caller may not use them, or the database is unavailable.
pub fn list(store: &dyn Store, caller: &Caller, filter: &CannedFilter) -> Result<Vec<CannedResponseView>> {
    store.transact(&Access::to(caller, Action::ListCanned), |tx| tx.canned_responses().list(filter))
}

/// One prepared answer.
///
/// # Errors
/// There is none, the caller may not use them, or the database is unavailable.
pub fn read(store: &dyn Store, caller: &Caller, id: CannedResponseId) -> Result<CannedResponseView> {
    store.transact(&Access::to(caller, Action::ReadCanned).about(Subject::CannedResponse(id)), |tx| {
        tx.canned_responses().find(id)?.ok_or(Error::NotFound)
    })
}

/// All that one ever said, latest first.
///
/// # Errors
/// There is none, the caller may not use them, or the database is unavailable.
pub fn versions(store: &dyn Store, caller: &Caller, id: CannedResponseId) -> Result<Vec<CannedVersion>> {
    store.transact(&Access::to(caller, Action::ListCannedVersions).about(Subject::CannedResponse(id)), |tx| {
        tx.canned_responses().find(id)?.ok_or(Error::NotFound)?;
        tx.canned_responses().versions(id)
    })
}

/// Writes a new one.
///
/// # Errors
/// The caller may not manage them, the idempotency key is taken, or the database is unavailable.
pub fn create(
    store: &dyn Store,
    caller: &Caller,
    text: &CannedText,
    key: Option<&IdempotencyKey>,
) -> Result<Receipt> {
    store.transact(&Access::to(caller, Action::CreateCanned), |tx| {
        crate::once(tx, "canned_response.create", key, |tx| {
            let id = CannedResponseId::new(tx.fresh_id());
            tx.canned_responses().add(id, text)?;
            tell::practice(tx)?;
            Ok(Receipt { canned_response: Some(id), ..Receipt::default() })
        })
    })
}

/// Changes one; its earlier version is kept.
///
/// # Errors
/// There is none, the caller may not manage them, or the database is unavailable.
pub fn update(
    store: &dyn Store,
    caller: &Caller,
    id: CannedResponseId,
    changes: &CannedChanges,
) -> Result<CannedResponseView> {
    store.transact(&Access::to(caller, Action::UpdateCanned).about(Subject::CannedResponse(id)), |tx| {
        let present = tx.canned_responses().find(id)?.ok_or(Error::NotFound)?;
        let title = CannedTitle::parse(&present.title).map_err(Error::unavailable)?;
        let response = MessageBody::parse(&present.response).map_err(Error::unavailable)?;
        let text = CannedText {
            title: changes.title.clone().unwrap_or(title),
            category: changes.category.unwrap_or(present.category),
            response: changes.response.clone().unwrap_or(response),
        };
        if !tx.canned_responses().save(id, &text)? {
            return Err(Error::NotFound);
        }
        tell::practice(tx)?;
        tx.canned_responses().find(id)?.ok_or(Error::NotFound)
    })
}

/// Takes one out of use; messages that were written with it stay as they are.
///
/// # Errors
/// There is none, the caller may not manage them, or the database is unavailable.
pub fn retire(store: &dyn Store, caller: &Caller, id: CannedResponseId) -> Result<()> {
    store.transact(&Access::to(caller, Action::RetireCanned).about(Subject::CannedResponse(id)), |tx| {
        if tx.canned_responses().retire(id)? { tell::practice(tx) } else { Err(Error::NotFound) }
    })
}
