//! Opening a session, once somebody has proved enough.

use super::arrival::{self, Arrival, person_of};
use super::sign_in::{SignedIn, SignedInAs};
use crate::access::SignInMethod;
use crate::ports::{AccountSecrets, FactorOwner, MadeSecret, NewSession, PracticeSummary, SessionOwner, Tx};
use crate::{Error, Result};
use chrono::Duration;
use threadwell_domain::SessionId;
use threadwell_domain::access::Grant;

/// How long a session lasts. How long it may rest is the practice's to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SessionTerms {
    /// How long it lasts at most.
    pub lifetime: Duration,
}

/// A session to be opened.
pub(super) struct Opening<'a> {
    pub(super) owner: FactorOwner,
    pub(super) practice: PracticeSummary,
    pub(super) method: SignInMethod,
    pub(super) terms: SessionTerms,
    /// The hash of the first refresh token.
    pub(super) refresh_hash: &'a [u8; 32],
    /// The device.
    pub(super) arrival: &'a Arrival,
    /// Draws what the device is to keep.
    pub(super) secrets: &'a dyn AccountSecrets,
}

/// Opens it, and gives the secret that the device is to keep. Whoever just signed in has proved the strongest factor
/// that they have.
pub(super) fn open(tx: &mut dyn Tx, opening: Opening<'_>) -> Result<(SignedIn, MadeSecret)> {
    let (who, owner) = profile(tx, opening.owner)?;
    let idle_limit = arrival::idle_limit(tx, owner.audience(), opening.arrival)?;
    let session = SessionId::new(tx.fresh_id());
    let expires_at = tx.now() + opening.terms.lifetime;
    tx.sessions().open(&NewSession {
        id: session,
        owner,
        refresh_hash: *opening.refresh_hash,
        method: opening.method,
        has_stepped_up: true,
        idle_limit,
        expires_at,
    })?;
    let place = (opening.practice.id, person_of(owner), session);
    let device = arrival::settle(tx, opening.secrets, place, opening.arrival)?;
    Ok((SignedIn { session, practice: opening.practice, who }, device))
}

fn profile(tx: &mut dyn Tx, owner: FactorOwner) -> Result<(SignedInAs, SessionOwner)> {
    match owner {
        FactorOwner::Staff(id) => {
            let profile = tx.sessions().staff_profile(id)?.ok_or(Error::InvalidCredentials)?;
            Ok((SignedInAs::Staff(profile), SessionOwner::Staff(id)))
        }
        FactorOwner::Account(account) => {
            let profile = tx.sessions().account_profile(account)?.ok_or(Error::InvalidCredentials)?;
            let grants: Vec<Grant> = profile.patients.iter().map(|patient| patient.grant).collect();
            let chosen = Grant::first_choice(&grants);
            let acting_for = grants.into_iter().find(|grant| Some(grant.patient) == chosen);
            let owner = SessionOwner::Account {
                account,
                acting_for: acting_for.map(|grant| (grant.patient, grant.relationship)),
            };
            Ok((SignedInAs::Account { profile, acting_for }, owner))
        }
    }
}
