//! One's own factors: seen, renamed, removed; and recovery codes.

use super::{FactorTools, fresh_codes, tell_of_change};
use crate::access::{Access, Action, Actor, Caller, SessionFacts, SignInMethod, Subject};
use crate::ports::{FactorOwner, FactorSecrets, FactorStanding, FactorView, SecretText, Store, Tx};
use crate::{Error, Result};
use threadwell_domain::{Phi, SessionId, TenantId};
use uuid::Uuid;

/// Whoever is signed in, at either door.
#[derive(Clone, Copy)]
pub(super) struct Person {
    pub(super) tenant: TenantId,
    pub(super) owner: FactorOwner,
    pub(super) session: SessionId,
    pub(super) facts: SessionFacts,
}

/// The person at work.
pub(super) fn person(tx: &dyn Tx) -> Result<Person> {
    match tx.actor() {
        Actor::Staff(staff) => Ok(Person {
            tenant: staff.tenant(),
            owner: FactorOwner::Staff(staff.id()),
            session: staff.session(),
            facts: staff.session_facts(),
        }),
        Actor::Portal(account) => Ok(Person {
            tenant: account.tenant(),
            owner: FactorOwner::Account(account.account()),
            session: account.session(),
            facts: account.session_facts(),
        }),
        Actor::Visitor | Actor::Worker | Actor::Operator => Err(Error::Denied),
    }
}

/// What somebody has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnFactors {
    /// The confirmed factors.
    pub factors: Vec<FactorView>,
    /// In numbers, and whether the practice demands one.
    pub standing: FactorStanding,
}

/// One's own factors.
///
/// # Errors
/// A refusal at the door, or the database is unavailable.
pub fn read_factors(store: &dyn Store, caller: &Caller) -> Result<OwnFactors> {
    store.transact(&Access::to(caller, Action::ReadAccount), |tx| {
        let owner = person(tx)?.owner;
        let standing = tx.second_factors().standing(owner)?;
        Ok(OwnFactors { factors: tx.second_factors().list(owner)?, standing })
    })
}

/// Renames a factor.
///
/// # Errors
/// `NotFound`, a refusal at the door, or the database is unavailable.
pub fn rename_factor(store: &dyn Store, caller: &Caller, id: Uuid, name: &Phi) -> Result<()> {
    store.transact(&Access::to(caller, Action::RenameFactor).about(Subject::Factor(id)), |tx| {
        let owner = person(tx)?.owner;
        if tx.second_factors().rename(owner, id, name)? { Ok(()) } else { Err(Error::NotFound) }
    })
}

/// Removes a factor and ends every other session: one of them may be why. With the last factor the recovery codes go.
///
/// # Errors
/// `NotFound`, `LastFactor` where the practice demands one, `PasswordTooShort` where it would stand alone, a refusal at the door, or the database is unavailable.
pub fn remove_factor(store: &dyn Store, caller: &Caller, id: Uuid) -> Result<()> {
    store.transact(&Access::to(caller, Action::RemoveFactor).about(Subject::Factor(id)), |tx| {
        let person = person(tx)?;
        tx.second_factors().lock(person.owner)?;
        if !tx.second_factors().remove(person.owner, id)? {
            return Err(Error::NotFound);
        }
        let left = tx.second_factors().standing(person.owner)?;
        if !left.has_factor() {
            if left.is_demanded {
                return Err(Error::LastFactor);
            }
            let record = tx.credentials().credentials_of(person.owner.recipient())?;
            if !record.is_some_and(|record| record.password_stands_alone) {
                return Err(Error::PasswordTooShort);
            }
            tx.recovery_codes().replace(person.owner, &[])?;
        }
        tx.tickets().end_all(person.owner)?;
        tx.devices().end_all(person.owner.recipient(), Some(person.session))?;
        tell_of_change(tx, person.owner)
    })
}

/// Draws new recovery codes; the old ones are good no more.
///
/// # Errors
/// `NotFound` where there is no factor to recover, a refusal at the door, or the database is unavailable.
pub fn replace_recovery_codes(tools: &FactorTools<'_>, caller: &Caller) -> Result<Vec<SecretText>> {
    tools.store.transact(&Access::to(caller, Action::ReplaceRecoveryCodes), |tx| {
        let person = person(tx)?;
        tx.second_factors().lock(person.owner)?;
        if !tx.second_factors().standing(person.owner)?.has_factor() {
            return Err(Error::NotFound);
        }
        let codes = fresh_codes(tx, tools.secrets, person.tenant, person.owner)?;
        tell_of_change(tx, person.owner)?;
        Ok(codes)
    })
}

/// What follows when a factor has joined: it was proved in this session, and tickets of before are good no more. The
/// first one ends the other sessions, which a password alone opened, and brings recovery codes.
pub(super) fn joined(
    tx: &mut dyn Tx,
    secrets: &dyn FactorSecrets,
    person: &Person,
    before: &FactorStanding,
    by: SignInMethod,
) -> Result<Option<Vec<SecretText>>> {
    tx.session_proofs().stepped_up(person.session, Some(by))?;
    tx.tickets().end_all(person.owner)?;
    tell_of_change(tx, person.owner)?;
    if before.has_factor() {
        return Ok(None);
    }
    tx.devices().end_all(person.owner.recipient(), Some(person.session))?;
    fresh_codes(tx, secrets, person.tenant, person.owner).map(Some)
}
