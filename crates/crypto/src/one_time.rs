//! Secrets that are good once: links in mails, codes to be typed, and what stands between a password and a session.
//!
//! The text is `<kind>.<tenant id>.<43 characters of base64url>`. Like a refresh token's, the tenant part only says whose
//! rows may be looked at. A link's secret is derived from its row's id, so that whoever sends the mail can make it again
//! and the database holds nothing but a keyed hash.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{CryptoError, Purpose, TenantKey};

const LABEL_DERIVED: &[u8] = b"threadwell/one-time-derived/v1";
const LABEL_STORED: &[u8] = b"threadwell/one-time-stored/v1";
const LABEL_CODE: &[u8] = b"threadwell/one-time-code/v1";
const LABEL_CODE_STORED: &[u8] = b"threadwell/one-time-code-stored/v1";
const SECRET_CHARS: usize = 43;
/// How many digits a code has that is typed from a mail.
pub const CODE_DIGITS: usize = 8;

/// What a secret is good for; one of a kind is refused as every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OneTimeKind {
    /// A link in a mail.
    Link,
    /// A sign-in that still needs its second factor.
    Ticket,
    /// An identity check that waits for its code.
    Activation,
    /// A device that somebody has signed in on.
    Device,
}

impl OneTimeKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Link => "l1",
            Self::Ticket => "m1",
            Self::Activation => "a1",
            Self::Device => "d1",
        }
    }
}

/// A secret as its holder has it; never shown, wiped when dropped.
pub struct OneTimeToken {
    kind: OneTimeKind,
    tenant: Uuid,
    secret: Zeroizing<[u8; 32]>,
}

impl OneTimeToken {
    /// Draws a secret.
    ///
    /// # Errors
    /// The system has no random bytes.
    pub fn generate(kind: OneTimeKind, tenant: Uuid) -> Result<Self, CryptoError> {
        let mut secret = Zeroizing::new([0u8; 32]);
        aws_lc_rs::rand::fill(secret.as_mut_slice()).map_err(|_| CryptoError::Unavailable)?;
        Ok(Self { kind, tenant, secret })
    }

    /// The secret of a row: the same whenever it is asked for.
    ///
    /// # Errors
    /// The key is for something else.
    pub fn derive(kind: OneTimeKind, key: &TenantKey, row: Uuid) -> Result<Self, CryptoError> {
        key.require(&[Purpose::Tokens])?;
        let secret = key.prk().mac(&[LABEL_DERIVED, kind.prefix().as_bytes(), row.as_bytes()]);
        Ok(Self { kind, tenant: key.tenant(), secret: Zeroizing::new(secret) })
    }

    /// Reads a secret of a kind. There is one spelling for each: lower-case hyphenated id, canonical base64url.
    ///
    /// # Errors
    /// It is none, or one of another kind.
    pub fn parse(kind: OneTimeKind, text: &str) -> Result<Self, CryptoError> {
        let mut parts = text.split('.');
        let (Some(prefix), Some(tenant), Some(secret), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(CryptoError::Malformed);
        };
        let id = Uuid::try_parse(tenant).map_err(|_| CryptoError::Malformed)?;
        let is_canonical = id.hyphenated().to_string() == tenant && secret.len() == SECRET_CHARS;
        if prefix != kind.prefix() || !is_canonical {
            return Err(CryptoError::Malformed);
        }
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(secret).map_err(|_| CryptoError::Malformed)?);
        let secret = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| CryptoError::Malformed)?;
        Ok(Self { kind, tenant: id, secret: Zeroizing::new(secret) })
    }

    /// Whether a text looks like a secret of this kind, whatever it is worth.
    #[must_use]
    pub fn is_of(kind: OneTimeKind, text: &str) -> bool {
        text.split_once('.').is_some_and(|(prefix, _)| prefix == kind.prefix())
    }

    /// The tenant that it names. A claim only, until its row is found there.
    pub fn tenant(&self) -> Uuid {
        self.tenant
    }

    /// The text to hand out.
    pub fn expose(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(URL_SAFE_NO_PAD.encode(self.secret.as_slice()));
        let prefix = self.kind.prefix();
        Zeroizing::new(format!("{prefix}.{}.{}", self.tenant.hyphenated(), secret.as_str()))
    }

    /// What the database keeps of it.
    ///
    /// # Errors
    /// The key is another tenant's or for something else.
    pub fn stored_hash(&self, key: &TenantKey) -> Result<[u8; 32], CryptoError> {
        key.require(&[Purpose::Tokens])?;
        if key.tenant() != self.tenant {
            return Err(CryptoError::OtherTenant);
        }
        Ok(key.prk().mac(&[
            LABEL_STORED,
            self.kind.prefix().as_bytes(),
            self.tenant.as_bytes(),
            self.secret.as_slice(),
        ]))
    }
}

impl fmt::Debug for OneTimeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OneTimeToken")
            .field("kind", &self.kind)
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

/// The digits that are mailed for a row and typed by hand.
///
/// # Errors
/// The key is for something else.
pub fn code_of(key: &TenantKey, row: Uuid) -> Result<Zeroizing<String>, CryptoError> {
    key.require(&[Purpose::Tokens])?;
    let [a, b, c, d, e, f, g, h, ..] = key.prk().mac(&[LABEL_CODE, row.as_bytes()]);
    // Sixty-four bits leave a bias of less than one in 10^11 for eight digits.
    let number = u64::from_be_bytes([a, b, c, d, e, f, g, h]) % 100_000_000;
    Ok(Zeroizing::new(format!("{number:0width$}", width = CODE_DIGITS)))
}

/// What the database keeps of a code that somebody types: bound to the owner's id, so that two owners' codes differ.
///
/// # Errors
/// The key is for something else.
pub fn code_hash(key: &TenantKey, owner: Uuid, code: &str) -> Result<[u8; 32], CryptoError> {
    key.require(&[Purpose::Tokens])?;
    Ok(key.prk().mac(&[LABEL_CODE_STORED, owner.as_bytes(), code.as_bytes()]))
}
