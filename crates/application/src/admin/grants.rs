//! Grants, as the practice gives and ends them.

use super::invitations::withdraw_at;
use super::majority;
use super::records::{RecordDetail, detail};
use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{LinkPurpose, OfAge, Readable, Store, Tx};
use crate::{Error, FieldProblem, Result};
use threadwell_domain::access::{Grant, GrantScope, Relationship};
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

/// Gives a grant inside a transaction, as the command line does. A guardian's ends with the patient's majority.
///
/// # Errors
/// There is no such patient or account, the patient is of age (`Invalid`), or the database is unavailable.
pub fn give(tx: &mut dyn Tx, account: AccountId, grant: &Grant) -> Result<()> {
    let majority = match grant.relationship {
        Relationship::Guardian => {
            let record = tx.records().record(grant.patient)?.ok_or(Error::PatientNotFound)?;
            OfAge::by(&tx.settings().settings()?.0).of(record.birth_date.as_ref())
        }
        Relationship::Myself | Relationship::Caregiver => None,
    };
    if majority.is_some_and(|end| end <= tx.now()) {
        return Err(Error::field("/relationship", FieldProblem::Conflict));
    }
    let expires_at = majority::end(grant.expires_at, majority);
    tx.provisioning().grant(account, &Grant { expires_at, ..*grant })
}

/// Ends a grant, for the account's next request and for open streams, with invitations that wait at its address.
///
/// # Errors
/// There is none that holds, the caller may not, or the database is unavailable.
pub fn end(store: &dyn Store, caller: &Caller, patient: PatientId, account: AccountId) -> Result<()> {
    let access = Access::to(caller, Action::EndGrant);
    store.transact(&access.about(Subject::Patient(patient)).about(Subject::Account(account)), |tx| {
        end_with_invitations(tx, account, patient)
    })
}

/// Ends a grant inside a transaction. What was sent to its holder before brings nothing back.
pub(crate) fn end_with_invitations(tx: &mut dyn Tx, account: AccountId, patient: PatientId) -> Result<()> {
    let address = tx.grants().holder_address(account, patient)?;
    // Invitations before grants, as whoever takes one up locks them.
    if let Some(address) = address.as_ref().and_then(Readable::text) {
        withdraw_at(tx, (patient, LinkPurpose::ProxyInvitation), address)?;
    }
    if tx.grants().end_grant(account, patient)? { Ok(()) } else { Err(Error::NotFound) }
}
