//! Passwords: bcrypt over a peppered, normalised prehash.
//!
//! bcrypt reads at most 72 bytes and stops at a NUL. The prehash is base64 of an HMAC, 44 bytes without a NUL, so
//! nothing of a long password is cut, and a stolen table without the pepper cannot be guessed at offline.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::{CryptoError, RootKey, prk::Prk};

const LABEL_PEPPER: &str = "threadwell/password-pepper/v1";
/// The most code points that a password may have; more would only buy hashing time for an attacker.
pub const MAX_CODE_POINTS: usize = 128;
const COSTS: std::ops::RangeInclusive<u32> = 4..=15;

/// Refuses a password before anything is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefusal {
    /// There is nothing in it.
    #[error("password is empty")]
    Empty,
    /// It has more than [`MAX_CODE_POINTS`] code points.
    #[error("password is too long")]
    TooLong,
    /// It holds U+0000.
    #[error("password holds a NUL character")]
    HoldsNul,
}

/// A password within the limits, in its NFKC form; never shown, wiped when dropped.
pub struct Password(Zeroizing<String>);

impl Password {
    /// Checks the limits on what was typed. Whether it is strong enough is the domain's question.
    pub fn parse(typed: &str) -> Result<Self, PasswordRefusal> {
        if typed.is_empty() {
            return Err(PasswordRefusal::Empty);
        }
        if typed.chars().nth(MAX_CODE_POINTS).is_some() {
            return Err(PasswordRefusal::TooLong);
        }
        if typed.contains('\0') {
            return Err(PasswordRefusal::HoldsNul);
        }
        Ok(Self(Zeroizing::new(typed.nfkc().collect())))
    }

    /// The NFKC form, for the rules of what a new password may be.
    pub fn normalised(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Hashes and verifies passwords with one pepper and cost.
pub struct Passwords {
    pepper: Prk,
    cost: u32,
    dummy: String,
}

impl Passwords {
    /// Derives the pepper from the root key. Costs below 4 or above 15 are taken as the nearest of these.
    ///
    /// **Invariant:** a root key that is replaced takes the pepper with it. An installation that rotates its root key
    /// keeps the first one for this alone, or gives the pepper as its own secret through [`Passwords::with_pepper`].
    pub fn from_root(root: &RootKey, cost: u32) -> Self {
        Self::with_pepper(&root.derive(LABEL_PEPPER), cost)
    }

    /// Takes 32 uniform bytes as pepper.
    pub fn with_pepper(pepper: &[u8; 32], cost: u32) -> Self {
        let cost = cost.clamp(*COSTS.start(), *COSTS.end());
        // A well-formed hash whose salt and digest are all zero bits ('.' in bcrypt's alphabet). Verifying against it
        // costs exactly what a real hash of this cost does, and no password is known to meet it.
        let dummy = format!("$2b${cost:02}${}", ".".repeat(53));
        Self { pepper: Prk::from_uniform(pepper), cost, dummy }
    }

    /// Hashes a password for storage. Takes a tenth of a second or more: not for an async thread.
    pub fn hash(&self, password: &Password) -> Result<String, CryptoError> {
        bcrypt::non_truncating_hash(self.prehash(password).as_bytes(), self.cost)
            .map_err(|_| CryptoError::Unavailable)
    }

    /// Verifies a password against a stored hash.
    ///
    /// Without one (the account is unknown, disabled, has no password) the same work is done on a dummy hash and the
    /// answer is false, so that the time taken does not tell whether an account exists. A stored text that is no
    /// bcrypt hash counts as none.
    pub fn verify(&self, password: &Password, stored: Option<&str>) -> bool {
        let prehash = self.prehash(password);
        let known = stored.filter(|hash| cost_of(hash).is_some());
        let matches = bcrypt::verify(prehash.as_bytes(), known.unwrap_or(&self.dummy)).unwrap_or(false);
        matches && known.is_some()
    }

    /// Whether a stored hash was made at another cost than today's and should be made anew after a good sign-in.
    pub fn needs_rehash(&self, stored: &str) -> bool {
        cost_of(stored) != Some(self.cost)
    }

    fn prehash(&self, password: &Password) -> Zeroizing<String> {
        let mac = Zeroizing::new(self.pepper.mac(&[password.0.as_bytes()]));
        Zeroizing::new(STANDARD.encode(mac.as_slice()))
    }
}

fn cost_of(hash: &str) -> Option<u32> {
    hash.parse::<bcrypt::HashParts>().ok().map(|parts| parts.get_cost()).filter(|cost| COSTS.contains(cost))
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passwords").field("cost", &self.cost).finish_non_exhaustive()
    }
}
