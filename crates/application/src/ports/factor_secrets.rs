//! The secrets of second factors, on their way.

use super::FactorOwner;
use crate::Result;
use std::fmt;
use threadwell_domain::TenantId;
use zeroize::Zeroizing;

/// A secret on its way; never shown, wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Takes a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The secret itself; the caller answers for where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText")
    }
}

/// A secret with what the database keeps of it.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// For its holder, once.
    pub text: SecretText,
    /// For the database.
    pub hash: [u8; 32],
}

/// The secrets of factors: drawn, hashed and compared by whoever holds the keys.
pub trait FactorSecrets: Send + Sync {
    /// Draws the secret of a ticket.
    ///
    /// # Errors
    /// The cryptography refuses.
    fn ticket(&self, tenant: TenantId) -> Result<Drawn>;

    /// Draws a person's recovery codes.
    ///
    /// # Errors
    /// The cryptography refuses.
    fn recovery_codes(&self, tenant: TenantId, owner: FactorOwner) -> Result<Vec<Drawn>>;

    /// The hash of a recovery code as somebody typed it; `None` if it cannot be one.
    ///
    /// # Errors
    /// The cryptography refuses.
    fn recovery_hash(
        &self,
        tenant: TenantId,
        owner: FactorOwner,
        typed: &SecretText,
    ) -> Result<Option<[u8; 32]>>;

    /// Draws the secret of a source of one-time codes.
    ///
    /// # Errors
    /// The cryptography refuses.
    fn one_time_secret(&self) -> Result<SecretText>;

    /// What an authenticator app scans.
    ///
    /// # Errors
    /// The cryptography refuses.
    fn one_time_uri(&self, secret: &SecretText, practice: &str, email: &str) -> Result<SecretText>;

    /// Whether a code is the one of a time step.
    ///
    /// # Errors
    /// The cryptography refuses.
    fn is_code(&self, secret: &SecretText, step: i64, code: &SecretText) -> Result<bool>;
}
