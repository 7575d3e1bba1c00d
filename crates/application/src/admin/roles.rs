//! What roles see.

use super::users::release;
use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{Store, Tx};
use crate::{Error, FieldProblem, Result, tell};
use threadwell_domain::StaffId;
use threadwell_domain::access::Role;
use threadwell_domain::thread::CategorySet;

/// What each role sees.
///
/// # Errors
/// The caller may not, or the database is unavailable.
pub fn list(store: &dyn Store, caller: &Caller) -> Result<Vec<(Role, CategorySet)>> {
    store.transact(&Access::to(caller, Action::ReadRoles), |tx| tx.users().role_categories())
}

/// Decides what a role sees, from the next request and for open streams on. Administrators see everything, auditors
/// nothing: those two are no choice.
///
/// # Errors
/// The role is one of those two and the choice another (`Invalid`), the caller may not, or the database is unavailable.
pub fn update(
    store: &dyn Store,
    caller: &Caller,
    role: Role,
    categories: CategorySet,
) -> Result<Vec<(Role, CategorySet)>> {
    store.transact(&Access::to(caller, Action::UpdateRole).about(Subject::Role(role)), |tx| {
        let is_fixed = matches!(role, Role::Admin | Role::Auditor);
        if is_fixed && categories != role.default_categories() {
            return Err(Error::field("/categories", FieldProblem::Invalid));
        }
        tx.users().set_role_categories(role, categories)?;
        let people = people_of(tx, role)?;
        release(tx, &people)?;
        tell::practice(tx)?;
        tx.users().role_categories()
    })
}

fn people_of(tx: &mut dyn Tx, role: Role) -> Result<Vec<StaffId>> {
    let everybody = tx.users().list()?;
    Ok(everybody.into_iter().filter(|user| user.role == role).map(|user| user.id).collect())
}
