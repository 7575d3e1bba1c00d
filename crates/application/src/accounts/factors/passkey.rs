//! A passkey of somebody signed in.

use super::own::{joined, person};
use super::step_up::find_self;
use super::{FactorTools, MOST_PASSKEYS, shown};
use crate::access::{Access, Action, Caller, SignInMethod};
use crate::ports::{
    Challenge, FactorOwner, NewTicket, PasskeyOwner, Passkeys, RefreshDelivery, SecretText, TicketDevice,
    TicketKey, TicketPurpose, Tx,
};
use crate::{Error, Result};
use threadwell_domain::{Phi, TenantId};
use uuid::Uuid;

/// A challenge for a new passkey.
#[derive(Clone, Debug)]
pub struct NewChallenge {
    /// What the answer comes with.
    pub id: Uuid,
    /// For the browser.
    pub options: SecretText,
}

/// A passkey that was added.
#[derive(Clone, Debug)]
pub struct AddedPasskey {
    /// Which.
    pub id: Uuid,
    /// The recovery codes, if it is the first factor.
    pub recovery_codes: Option<Vec<SecretText>>,
}

/// Asks for a new passkey.
///
/// # Errors
/// `LimitReached`, `NotFound` where there are no passkeys, a refusal at the door, or the database is unavailable.
pub fn challenge_new_passkey(
    tools: &FactorTools<'_>,
    caller: &Caller,
    tenant: TenantId,
) -> Result<NewChallenge> {
    let (passkeys, drawn) = (tools.passkeys()?, tools.secrets.ticket(tenant)?);
    tools.store.transact(&Access::to(caller, Action::AddFactor), |tx| {
        let person = person(tx)?;
        check_limit(tx, person.owner)?;
        let challenge = ask_for_new(tx, passkeys, person.owner)?;
        let id = tx.tickets().issue(&NewTicket {
            hash: drawn.hash,
            owner: person.owner,
            purpose: TicketPurpose::NewPasskey,
            session: Some(person.session),
            delivery: RefreshDelivery::Cookie,
            device: TicketDevice::default(),
            state: Some(SecretText::new(challenge.state)),
        })?;
        Ok(NewChallenge { id, options: SecretText::new(challenge.options) })
    })
}

/// Takes the passkey that answers the challenge.
///
/// # Errors
/// `InvalidCode`, `LimitReached`, a refusal at the door, or the database is unavailable.
pub fn add_passkey(
    tools: &FactorTools<'_>,
    caller: &Caller,
    challenge: Uuid,
    (name, answer): (&Phi, &SecretText),
) -> Result<AddedPasskey> {
    let passkeys = tools.passkeys()?;
    let found = find_self(tools.store, caller, |session| {
        Some((TicketKey::OfSession(session, challenge), TicketPurpose::NewPasskey))
    })?;
    tools.store.transact(&Access::to(caller, Action::ConfirmFactor), |tx| {
        let person = person(tx)?;
        tx.second_factors().lock(person.owner)?;
        let before = tx.second_factors().standing(person.owner)?;
        check_limit(tx, person.owner)?;
        let state = found.state.as_ref().ok_or(Error::InvalidCode)?;
        let made = passkeys.take_new(state.expose(), answer.expose())?;
        let id = tx.passkeys().add(person.owner, name, &made)?.ok_or(Error::InvalidCode)?;
        let recovery_codes = joined(tx, tools.secrets, &person, &before, SignInMethod::Passkey)?;
        Ok(AddedPasskey { id, recovery_codes })
    })
}

/// Asks for a passkey that is none of those that the person has.
pub(super) fn ask_for_new(tx: &mut dyn Tx, passkeys: &dyn Passkeys, owner: FactorOwner) -> Result<Challenge> {
    let kept = tx.passkeys().all(owner)?;
    let records: Vec<String> = kept.iter().map(|one| one.record.expose().to_owned()).collect();
    let shown = shown(tx, owner)?;
    let owner = PasskeyOwner { id: owner.uuid(), email: shown.email.expose(), name: shown.name.expose() };
    passkeys.ask_for_new(&owner, &records)
}

fn check_limit(tx: &mut dyn Tx, owner: FactorOwner) -> Result<()> {
    if tx.second_factors().standing(owner)?.passkeys >= MOST_PASSKEYS {
        return Err(Error::LimitReached);
    }
    Ok(())
}
