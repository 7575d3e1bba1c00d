//! Where a session is opened: the device, whether the person knows it, and how long the session may rest.
//!
//! Whatever opens a session calls [`settle`] in the same transaction; whatever sets a password by a mailed secret calls
//! [`remember`].

use crate::Result;
use crate::access::Audience;
use crate::ports::{
    AccountMail, AccountSecrets, MadeSecret, MailTo, Recipient, SessionDevice, SessionOwner, Tx,
};
use threadwell_domain::{SessionId, TenantId};
use zeroize::Zeroizing;

/// What a client says of the device on which somebody signs in.
#[derive(Clone, Default)]
pub struct Arrival {
    /// The secret that the device keeps from an earlier sign-in.
    pub device_secret: Option<Zeroizing<String>>,
    /// What is told of it.
    pub device: SessionDevice,
    /// Whether an app that keeps its tokens itself is to remember the person: such sessions rest for days.
    pub is_remembered: bool,
}

impl std::fmt::Debug for Arrival {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arrival").field("is_remembered", &self.is_remembered).finish_non_exhaustive()
    }
}

/// The person who owns a session.
pub const fn person_of(owner: SessionOwner) -> Recipient {
    match owner {
        SessionOwner::Staff(staff) => Recipient::Staff(staff),
        SessionOwner::Account { account, .. } => Recipient::Account(account),
    }
}

/// The keyed hash of the secret that a device presents, if the person has signed in on it before.
///
/// # Errors
/// The database is unavailable.
pub fn known_device(
    tx: &mut dyn Tx,
    secrets: &dyn AccountSecrets,
    (tenant, person): (TenantId, Recipient),
    arrival: &Arrival,
) -> Result<Option<[u8; 32]>> {
    let presented = arrival.device_secret.as_ref().and_then(|text| secrets.device_hash(tenant, text));
    let Some(hash) = presented else { return Ok(None) };
    Ok(tx.devices().is_known(person, &hash)?.then_some(hash))
}

/// Ties a session that was just opened to its device. A device that the person does not know gets a secret to keep,
/// and a mail tells of it unless it is the first.
///
/// # Errors
/// The database is unavailable, or no secret can be drawn.
pub fn settle(
    tx: &mut dyn Tx,
    secrets: &dyn AccountSecrets,
    (tenant, person, session): (TenantId, Recipient, SessionId),
    arrival: &Arrival,
) -> Result<MadeSecret> {
    let secret = match known_secret(tx, secrets, (tenant, person), arrival)? {
        Some(secret) => secret,
        None => {
            if tx.devices().has_any(person)? {
                tx.outbox().account_mail(AccountMail::NewDevice, MailTo::Person(person), None)?;
            }
            secrets.device(tenant)?
        }
    };
    tx.devices().settle(person, session, &secret.hash, &arrival.device)?;
    Ok(secret)
}

/// Lets the person know the device on which they set a password by a mailed secret: signing in on it with that password
/// is no stranger's attempt.
///
/// # Errors
/// The database is unavailable, or no secret can be drawn.
pub(super) fn remember(
    tx: &mut dyn Tx,
    secrets: &dyn AccountSecrets,
    (tenant, person): (TenantId, Recipient),
    arrival: &Arrival,
) -> Result<MadeSecret> {
    let secret = match known_secret(tx, secrets, (tenant, person), arrival)? {
        Some(secret) => secret,
        None => secrets.device(tenant)?,
    };
    tx.devices().remember(person, &secret.hash)?;
    Ok(secret)
}

/// The secret that a device presents, if the person knows it.
fn known_secret(
    tx: &mut dyn Tx,
    secrets: &dyn AccountSecrets,
    place: (TenantId, Recipient),
    arrival: &Arrival,
) -> Result<Option<MadeSecret>> {
    let known = known_device(tx, secrets, place, arrival)?;
    let text = arrival.device_secret.as_ref();
    Ok(known.zip(text).map(|(hash, text)| MadeSecret { text: text.clone(), hash }))
}

/// How long a session of this arrival may rest in the practice.
///
/// # Errors
/// The database is unavailable.
pub fn idle_limit(tx: &mut dyn Tx, audience: Audience, arrival: &Arrival) -> Result<chrono::Duration> {
    tx.accounts().idle_limit(audience, arrival.is_remembered)
}
