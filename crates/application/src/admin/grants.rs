//! Grants, as the practice gives and ends them.

use super::majority;
use super::records::{RecordDetail, detail};
use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{OfAge, Store};
use crate::{Error, FieldProblem, Result};
use threadwell_domain::access::{GrantScope, Relationship};
use threadwell_domain::{AccountId, Moment, PatientId};

/// Gives a grant its terms, from the account's next request on; one that was ended holds again.
///
/// # Errors
/// There is none, it is the patient's own, the patient is of age, the end has passed (`Invalid`), the caller may not, or
/// the database is unavailable.
pub fn update(
    store: &dyn Store,
    caller: &Caller,
    (patient, account): (PatientId, AccountId),
    scope: GrantScope,
    expires_at: Option<Moment>,
) -> Result<RecordDetail> {
    let access = Access::to(caller, Action::UpdateGrant);
    store.transact(&access.about(Subject::Patient(patient)).about(Subject::Account(account)), |tx| {
        let record = tx.records().record(patient)?.ok_or(Error::NotFound)?;
        let grant = tx.grants().grant_of(account, patient)?.ok_or(Error::NotFound)?;
        let is_own = grant.relationship == Relationship::Myself;
        if is_own && (scope == GrantScope::Read || expires_at.is_some()) {
            return Err(Error::field("/scope", FieldProblem::Conflict));
        }
        let end = match grant.relationship {
            Relationship::Guardian => {
                let age = OfAge::by(&tx.settings().settings()?.0);
                majority::end(expires_at, age.of(record.birth_date.as_ref()))
            }
            Relationship::Myself | Relationship::Caregiver => expires_at,
        };
        if end.is_some_and(|end| end <= tx.now()) {
            return Err(Error::field("/expiresAt", FieldProblem::Invalid));
        }
        tx.grants().set_terms(&grant, scope, end)?;
        detail(tx, patient)
    })
}

/// Ends a grant, for the account's next request and for open streams.
///
/// # Errors
/// There is none that holds, the caller may not, or the database is unavailable.
pub fn end(store: &dyn Store, caller: &Caller, patient: PatientId, account: AccountId) -> Result<()> {
    let access = Access::to(caller, Action::EndGrant);
    store.transact(&access.about(Subject::Patient(patient)).about(Subject::Account(account)), |tx| {
        if tx.grants().end_grant(account, patient)? { Ok(()) } else { Err(Error::NotFound) }
    })
}
