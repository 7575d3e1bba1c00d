//! The first factor, enrolled on the way in because the practice demands one.
//!
//! **Invariant:** a ticket of this kind enrols nothing once its owner has a factor: whoever holds the password alone
//! cannot add one of their own to somebody's.

use super::checks::take_code_of;
use super::one_time::{NewOneTime, new_one_time};
use super::passkey::ask_for_new;
use super::proving::{FactorSignedIn, SessionOpening, open, practice_of};
use super::trying::{TicketRequest, Tried, look_at_ticket, try_once};
use super::{FactorTools, fresh_codes, tell_of_change};
use crate::access::{Action, SignInMethod};
use crate::ports::{FactorOwner, PracticeSummary, SecretText, TicketPurpose, Tx};
use crate::{Error, Result};
use threadwell_domain::Phi;
use uuid::Uuid;

/// What a source of codes is called until its owner names it.
const UNNAMED: &str = "Authenticator app";

/// Draws a secret for an authenticator app.
///
/// # Errors
/// `InvalidLink` for the ticket, `RateLimited`, or the database is unavailable.
pub fn start_enrolment(tools: &FactorTools<'_>, presented: &TicketRequest) -> Result<NewOneTime> {
    let practice = practice_of(tools.store, presented.tenant)?;
    look_at_ticket(tools, presented, (Action::Enrol, TicketPurpose::Enrolment), |tx, ticket| {
        lock_without_factor(tx, ticket.owner)?;
        new_one_time(tx, tools.secrets, ticket.owner, &Phi::new(UNNAMED), &practice.name)
    })
}

/// Confirms the secret by a code of it, and opens the session.
///
/// # Errors
/// `InvalidCode`, `InvalidLink` for the ticket, `RateLimited`, or the database is unavailable.
pub fn confirm_enrolment(
    tools: &FactorTools<'_>,
    presented: &TicketRequest,
    (id, code): (Uuid, &SecretText),
    opening: &SessionOpening<'_>,
) -> Result<FactorSignedIn> {
    let practice = practice_of(tools.store, presented.tenant)?;
    try_once(tools, (presented, opening), (Action::Enrol, TicketPurpose::Enrolment), |tx, tried| {
        let owner = tried.ticket.owner;
        lock_without_factor(tx, owner)?;
        let sources = tx.second_factors().one_time_sources(owner)?;
        let source = sources.iter().find(|source| source.id == id).ok_or(Error::InvalidCode)?;
        if !take_code_of(tx, tools.secrets, source, code)? {
            return Err(Error::InvalidCode);
        }
        finish(tx, tools, presented, tried, (practice, SignInMethod::OneTimeCode), opening)
    })
}

/// Asks for a passkey.
///
/// # Errors
/// `InvalidLink` for the ticket, `NotFound` where there are no passkeys, `RateLimited`, or the database is unavailable.
pub fn challenge_enrolment(tools: &FactorTools<'_>, presented: &TicketRequest) -> Result<SecretText> {
    let passkeys = tools.passkeys()?;
    look_at_ticket(tools, presented, (Action::Enrol, TicketPurpose::Enrolment), |tx, ticket| {
        lock_without_factor(tx, ticket.owner)?;
        let challenge = ask_for_new(tx, passkeys, ticket.owner)?;
        tx.tickets().keep_state(ticket.id, &SecretText::new(challenge.state))?;
        Ok(SecretText::new(challenge.options))
    })
}

/// Takes the passkey, and opens the session.
///
/// # Errors
/// `InvalidCode`, `InvalidLink` for the ticket, `RateLimited`, or the database is unavailable.
pub fn enrol_passkey(
    tools: &FactorTools<'_>,
    presented: &TicketRequest,
    (name, answer): (&Phi, &SecretText),
    opening: &SessionOpening<'_>,
) -> Result<FactorSignedIn> {
    let (passkeys, practice) = (tools.passkeys()?, practice_of(tools.store, presented.tenant)?);
    try_once(tools, (presented, opening), (Action::Enrol, TicketPurpose::Enrolment), |tx, tried| {
        let owner = tried.ticket.owner;
        lock_without_factor(tx, owner)?;
        let state = tried.state.as_ref().ok_or(Error::InvalidCode)?;
        let made = passkeys.take_new(state.expose(), answer.expose())?;
        tx.passkeys().add(owner, name, &made)?.ok_or(Error::InvalidCode)?;
        finish(tx, tools, presented, tried, (practice, SignInMethod::Passkey), opening)
    })
}

fn lock_without_factor(tx: &mut dyn Tx, owner: FactorOwner) -> Result<()> {
    tx.second_factors().lock(owner)?;
    if tx.second_factors().standing(owner)?.has_factor() {
        return Err(Error::InvalidLink);
    }
    Ok(())
}

fn finish(
    tx: &mut dyn Tx,
    tools: &FactorTools<'_>,
    presented: &TicketRequest,
    tried: &Tried,
    (practice, method): (PracticeSummary, SignInMethod),
    opening: &SessionOpening<'_>,
) -> Result<FactorSignedIn> {
    let owner = tried.ticket.owner;
    let (signed_in, device) = open(tx, tried, practice, method, opening)?;
    tx.tickets().end_all(owner)?;
    tx.devices().end_all(owner.recipient(), Some(signed_in.session))?;
    let codes = fresh_codes(tx, tools.secrets, presented.tenant, owner)?;
    tell_of_change(tx, owner)?;
    Ok(FactorSignedIn { signed_in, device, delivery: tried.ticket.delivery, recovery_codes: Some(codes) })
}
