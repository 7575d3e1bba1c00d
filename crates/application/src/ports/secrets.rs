//! What the cryptography does for accounts. Hashing a password takes a tenth of a second: never inside a transaction.

use crate::Result;
use std::fmt;
use threadwell_domain::{Phi, TenantId};
use uuid::Uuid;
use zeroize::Zeroizing;

/// A password as somebody typed it, in its NFKC form and within the limits; never shown, wiped when dropped.
#[derive(Clone)]
pub struct TypedPassword(Zeroizing<String>);

impl TypedPassword {
    /// Takes a text whose form was checked.
    pub fn new(normalised: &str) -> Self {
        Self(Zeroizing::new(normalised.to_owned()))
    }

    /// The text itself, for hashing and for the rules.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it is long enough to stand without a second factor.
    pub fn stands_alone(&self) -> bool {
        threadwell_domain::access::stands_alone(&self.0)
    }
}

impl fmt::Debug for TypedPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedPassword(…)")
    }
}

/// A secret that somebody presents, as the database knows it.
#[derive(Clone, Copy)]
pub struct PresentedSecret {
    /// The practice that it names: a claim only, until its row is found there.
    pub tenant: TenantId,
    /// Its keyed hash.
    pub hash: [u8; 32],
}

impl fmt::Debug for PresentedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresentedSecret").field("tenant", &self.tenant).finish_non_exhaustive()
    }
}

/// A fresh secret for a client, with its keyed hash.
pub struct MadeSecret {
    /// What the client gets.
    pub text: Zeroizing<String>,
    /// What the database keeps.
    pub hash: [u8; 32],
}

impl fmt::Debug for MadeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MadeSecret(…)")
    }
}

/// Passwords and one-time secrets of accounts.
pub trait AccountSecrets: Send + Sync {
    /// Whether the password fits the stored hash. Takes as long when there is none.
    fn verify(&self, typed: &TypedPassword, stored: Option<&str>) -> bool;

    /// The form to store.
    ///
    /// # Errors
    /// The library refuses.
    fn hash(&self, typed: &TypedPassword) -> Result<String>;

    /// Whether a stored hash is to be made anew after a good sign-in.
    fn needs_rehash(&self, stored: &str) -> bool;

    /// What the database keeps of the secret of a mailed link, which derives from its row.
    ///
    /// # Errors
    /// The library refuses.
    fn link_hash(&self, tenant: TenantId, row: Uuid) -> Result<[u8; 32]>;

    /// The secret with which whoever asked for an identity check comes back with the code.
    ///
    /// # Errors
    /// The library refuses.
    fn activation(&self, tenant: TenantId, row: Uuid) -> Result<MadeSecret>;

    /// Whether these are the digits that were mailed for a row.
    ///
    /// # Errors
    /// The library refuses.
    fn is_code(&self, tenant: TenantId, row: Uuid, digits: &Phi) -> Result<bool>;

    /// A secret for a device that somebody signs in on.
    ///
    /// # Errors
    /// The library refuses.
    fn device(&self, tenant: TenantId) -> Result<MadeSecret>;

    /// What the database keeps of the secret that a device presents; `None` if it is none of this practice.
    fn device_hash(&self, tenant: TenantId, text: &str) -> Option<[u8; 32]>;
}
