//! The second half of a sign-in.

use super::FactorTools;
use super::checks::{FactorProof, take};
use super::trying::{TicketRequest, Tried, look_at_ticket, try_once};
use crate::access::{Action, SignInMethod};
use crate::accounts::opening::{self, Opening};
use crate::accounts::{Arrival, SessionTerms, SignedIn};
use crate::ports::{
    AccountSecrets, MadeSecret, PracticeSummary, RefreshDelivery, SecretText, Store, TicketPurpose, Tx,
};
use crate::{Error, Result};
use threadwell_domain::TenantId;

/// How the session is to be opened.
pub struct SessionOpening<'a> {
    /// The hash of its first refresh token.
    pub refresh_hash: [u8; 32],
    /// How long it lasts, by whether the device is to remember the person.
    pub terms: &'a dyn Fn(bool) -> SessionTerms,
    /// The device.
    pub arrival: &'a Arrival,
    /// Draws what the device is to keep.
    pub accounts: &'a dyn AccountSecrets,
}

impl std::fmt::Debug for SessionOpening<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionOpening")
    }
}

/// Somebody who has signed in with a factor.
#[derive(Debug)]
pub struct FactorSignedIn {
    /// The session.
    pub signed_in: SignedIn,
    /// What the device is to keep.
    pub device: MadeSecret,
    /// Where the refresh token goes, as was said with the password.
    pub delivery: RefreshDelivery,
    /// The recovery codes, where the factor is the first one.
    pub recovery_codes: Option<Vec<SecretText>>,
}

/// Proves the second factor and opens the session.
///
/// # Errors
/// `InvalidCode`, `InvalidLink` for the ticket, `RateLimited`, or the database is unavailable.
pub fn prove(
    tools: &FactorTools<'_>,
    presented: &TicketRequest,
    proof: &FactorProof,
    opening: &SessionOpening<'_>,
) -> Result<FactorSignedIn> {
    let practice = practice_of(tools.store, presented.tenant)?;
    let action = match proof {
        FactorProof::RecoveryCode(_) => Action::UseRecoveryCode,
        FactorProof::OneTimeCode(_) | FactorProof::Passkey(_) => Action::ProveFactor,
    };
    try_once(tools, (presented, opening), (action, TicketPurpose::Proof), |tx, tried| {
        let owner = tried.ticket.owner;
        tx.second_factors().lock(owner)?;
        let method = take(tx, tools, (presented.tenant, owner), proof, tried.state.as_ref())?;
        let (signed_in, device) = open(tx, tried, practice, method, opening)?;
        Ok(FactorSignedIn { signed_in, device, delivery: tried.ticket.delivery, recovery_codes: None })
    })
}

/// Uses the ticket up for a session.
pub(super) fn open(
    tx: &mut dyn Tx,
    tried: &Tried,
    practice: PracticeSummary,
    method: SignInMethod,
    opening: &SessionOpening<'_>,
) -> Result<(SignedIn, MadeSecret)> {
    let Tried { ticket, arrival, .. } = tried;
    if !tx.tickets().used(ticket.id)? {
        return Err(Error::InvalidLink);
    }
    let terms = (opening.terms)(arrival.is_remembered);
    let (refresh_hash, secrets) = (&opening.refresh_hash, opening.accounts);
    let owner = ticket.owner;
    opening::open(tx, Opening { owner, practice, method, terms, refresh_hash, arrival, secrets })
}

/// Asks for one of the person's passkeys; an earlier challenge of the ticket is answered no more.
///
/// # Errors
/// `InvalidLink` for the ticket, `NotFound` where there is no passkey, `RateLimited`, or the database is unavailable.
pub fn challenge_proof(tools: &FactorTools<'_>, presented: &TicketRequest) -> Result<SecretText> {
    let passkeys = tools.passkeys()?;
    look_at_ticket(tools, presented, (Action::ChallengePasskey, TicketPurpose::Proof), |tx, ticket| {
        let kept = tx.passkeys().all(ticket.owner)?;
        let records: Vec<String> = kept.iter().map(|one| one.record.expose().to_owned()).collect();
        if records.is_empty() {
            return Err(Error::NotFound);
        }
        let challenge = passkeys.ask_for_known(&records)?;
        tx.tickets().keep_state(ticket.id, &SecretText::new(challenge.state))?;
        Ok(SecretText::new(challenge.options))
    })
}

/// The practice that a ticket names; one that there is none of makes the ticket invalid.
pub(super) fn practice_of(store: &dyn Store, tenant: TenantId) -> Result<PracticeSummary> {
    let found = store.practices()?.into_iter().find(|practice| practice.id == tenant);
    found.ok_or(Error::InvalidLink)
}
