//! A source of one-time codes of somebody signed in.

use super::checks::take_code_of;
use super::own::{Person, joined, person};
use super::{FactorTools, shown};
use crate::access::{Access, Action, Caller, SignInMethod};
use crate::ports::{FactorOwner, FactorSecrets, SecretText, Tx};
use crate::{Error, Result};
use threadwell_domain::Phi;
use uuid::Uuid;

/// A source that waits for its first code.
#[derive(Clone, Debug)]
pub struct NewOneTime {
    /// Which.
    pub id: Uuid,
    /// The secret in base32, to be typed.
    pub secret: SecretText,
    /// The secret as an address, to be scanned.
    pub uri: SecretText,
}

/// Draws a secret for an authenticator app; it opens nothing before a code of it came back.
///
/// # Errors
/// `LimitReached` where there is a confirmed one, a refusal at the door, or the database is unavailable.
pub fn add_one_time(
    tools: &FactorTools<'_>,
    caller: &Caller,
    name: &Phi,
    practice: &str,
) -> Result<NewOneTime> {
    tools.store.transact(&Access::to(caller, Action::AddFactor), |tx| {
        let Person { owner, .. } = person(tx)?;
        tx.second_factors().lock(owner)?;
        if tx.second_factors().standing(owner)?.one_time_codes > 0 {
            return Err(Error::LimitReached);
        }
        new_one_time(tx, tools.secrets, owner, name, practice)
    })
}

/// Confirms a source by a code of it. Gives recovery codes if it is the first factor.
///
/// # Errors
/// `NotFound`, `InvalidCode`, a refusal at the door, or the database is unavailable.
pub fn confirm_one_time(
    tools: &FactorTools<'_>,
    caller: &Caller,
    id: Uuid,
    code: &SecretText,
) -> Result<Option<Vec<SecretText>>> {
    tools.store.transact(&Access::to(caller, Action::ConfirmFactor), |tx| {
        let person = person(tx)?;
        tx.second_factors().lock(person.owner)?;
        let before = tx.second_factors().standing(person.owner)?;
        let sources = tx.second_factors().one_time_sources(person.owner)?;
        let waiting = sources.iter().find(|source| source.id == id && !source.is_confirmed);
        let source = waiting.ok_or(Error::NotFound)?;
        if !take_code_of(tx, tools.secrets, source, code)? {
            return Err(Error::InvalidCode);
        }
        joined(tx, tools.secrets, &person, &before, SignInMethod::OneTimeCode)
    })
}

/// Draws a secret and keeps it, unconfirmed.
pub(super) fn new_one_time(
    tx: &mut dyn Tx,
    secrets: &dyn FactorSecrets,
    owner: FactorOwner,
    name: &Phi,
    practice: &str,
) -> Result<NewOneTime> {
    let secret = secrets.one_time_secret()?;
    let email = shown(tx, owner)?.email;
    let uri = secrets.one_time_uri(&secret, practice, email.expose())?;
    let id = tx.second_factors().add_one_time(owner, name, &secret)?;
    Ok(NewOneTime { id, secret, uri })
}
