//! Views of the inbox: everybody keeps own ones and sees shared ones; admins tidy shared ones up.

use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{Change, IdempotencyKey, Receipt, Store, Tx, ViewText, ViewView};
use crate::{Error, Result};
use threadwell_domain::ViewId;
use threadwell_domain::access::Operation;
use threadwell_domain::view::MOST_VIEWS;

/// The caller's own views and the shared ones.
///
/// # Errors
/// The caller may not keep views, or the database is unavailable.
pub fn list(store: &dyn Store, caller: &Caller) -> Result<Vec<ViewView>> {
    store.transact(&Access::to(caller, Action::ListViews), |tx| tx.views().all())
}

/// Keeps a new view.
///
/// # Errors
/// The caller keeps as many as one can (`LimitReached`), it names nobody (`AssigneeNotFound`), the caller may not keep views, the idempotency key is taken, or the
/// database is unavailable.
pub fn create(
    store: &dyn Store,
    caller: &Caller,
    text: &ViewText,
    key: Option<&IdempotencyKey>,
) -> Result<Receipt> {
    store.transact(&Access::to(caller, Action::CreateView), |tx| {
        crate::once(tx, "view.create", key, |tx| {
            if tx.views().count_own_for_update()? >= MOST_VIEWS {
                return Err(Error::LimitReached);
            }
            check_assignee(tx, text)?;
            let (id, owner) = (ViewId::new(tx.fresh_id()), tx.staff()?.id());
            tx.views().add(id, owner, text)?;
            tell_of(tx, text.is_shared)?;
            Ok(Receipt { view: Some(id), ..Receipt::default() })
        })
    })
}

/// Changes a view of one's own; an admin any shared one.
///
/// # Errors
/// There is none that the caller may change, it names nobody (`AssigneeNotFound`), or the database is unavailable.
pub fn update(store: &dyn Store, caller: &Caller, id: ViewId, text: &ViewText) -> Result<()> {
    store.transact(&Access::to(caller, Action::UpdateView).about(Subject::View(id)), |tx| {
        let tidies = tidies_shared(tx)?;
        check_assignee(tx, text)?;
        let was_shared = tx.views().is_shared(id)?.ok_or(Error::NotFound)?;
        if !tx.views().save(id, text, tidies)? {
            return Err(Error::NotFound);
        }
        tell_of(tx, was_shared || text.is_shared)
    })
}

/// Takes a view of one's own out of use; an admin any shared one.
///
/// # Errors
/// There is none that the caller may remove, or the database is unavailable.
pub fn retire(store: &dyn Store, caller: &Caller, id: ViewId) -> Result<()> {
    store.transact(&Access::to(caller, Action::RetireView).about(Subject::View(id)), |tx| {
        let tidies = tidies_shared(tx)?;
        let was_shared = tx.views().is_shared(id)?.ok_or(Error::NotFound)?;
        if tx.views().retire(id, tidies)? { tell_of(tx, was_shared) } else { Err(Error::NotFound) }
    })
}

/// A view that names nobody would always be empty.
fn check_assignee(tx: &mut dyn Tx, text: &ViewText) -> Result<()> {
    match text.assignee {
        Some(assignee) if !tx.people().is_known(assignee)? => Err(Error::AssigneeNotFound),
        Some(_) | None => Ok(()),
    }
}

/// Tells everybody of a view that is or was shared, and the actor's own devices alone of any other.
fn tell_of(tx: &mut dyn Tx, is_shared: bool) -> Result<()> {
    let actor = tx.staff()?.id();
    tx.changes().publish(&Change::Practice { only: (!is_shared).then_some(actor) })
}

/// Whoever manages teams looks after what the practice shares.
fn tidies_shared(tx: &mut dyn Tx) -> Result<bool> {
    Ok(tx.staff()?.role().may(Operation::ManageTeams))
}
