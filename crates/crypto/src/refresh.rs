//! Refresh tokens: opaque, rotating, and derived from their parent so that a lost answer costs nothing.
//!
//! The text is `v1.<tenant id>.<43 characters of base64url>`. The tenant part only tells the database which tenant's
//! rows may be looked at: it is not authenticated by itself, and one that was changed finds no session.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{CryptoError, Purpose, TenantKey};

const PREFIX: &str = "v1";
const LABEL_SUCCESSOR: &[u8] = b"threadwell/refresh-successor/v1";
const LABEL_STORED: &[u8] = b"threadwell/refresh-stored/v1";
const SECRET_CHARS: usize = 43;

/// A refresh token as the client holds it; never shown, wiped when dropped.
pub struct RefreshToken {
    tenant: Uuid,
    secret: Zeroizing<[u8; 32]>,
}

impl RefreshToken {
    /// Draws the first token of a session.
    pub fn generate(tenant: Uuid) -> Result<Self, CryptoError> {
        let mut secret = Zeroizing::new([0u8; 32]);
        aws_lc_rs::rand::fill(secret.as_mut_slice()).map_err(|_| CryptoError::Unavailable)?;
        Ok(Self { tenant, secret })
    }

    /// Reads a token. There is one spelling for each: lower-case hyphenated id, canonical base64url, nothing else.
    pub fn parse(text: &str) -> Result<Self, CryptoError> {
        let mut parts = text.split('.');
        let (Some(PREFIX), Some(tenant), Some(secret), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(CryptoError::Malformed);
        };
        let id = Uuid::try_parse(tenant).map_err(|_| CryptoError::Malformed)?;
        if id.hyphenated().to_string() != tenant || secret.len() != SECRET_CHARS {
            return Err(CryptoError::Malformed);
        }
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(secret).map_err(|_| CryptoError::Malformed)?);
        let secret = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| CryptoError::Malformed)?;
        Ok(Self { tenant: id, secret: Zeroizing::new(secret) })
    }

    /// The tenant that the token names. A claim only, until the session is found under it.
    pub fn tenant(&self) -> Uuid {
        self.tenant
    }

    /// The text to hand to the client.
    pub fn expose(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(URL_SAFE_NO_PAD.encode(self.secret.as_slice()));
        Zeroizing::new(format!("{PREFIX}.{}.{}", self.tenant.hyphenated(), secret.as_str()))
    }

    /// The token that follows this one: the same for every caller, so that racing refreshes end in one branch.
    pub fn successor(&self, key: &TenantKey) -> Result<Self, CryptoError> {
        Ok(Self { tenant: self.tenant, secret: Zeroizing::new(self.keyed(key, LABEL_SUCCESSOR)?) })
    }

    /// What the database keeps of the token.
    pub fn stored_hash(&self, key: &TenantKey) -> Result<[u8; 32], CryptoError> {
        self.keyed(key, LABEL_STORED)
    }

    /// Whether a stored hash is this token's, in time that does not depend on where they differ.
    pub fn matches(&self, key: &TenantKey, stored: &[u8]) -> Result<bool, CryptoError> {
        Ok(self.stored_hash(key)?.as_slice().ct_eq(stored).into())
    }

    fn keyed(&self, key: &TenantKey, label: &[u8]) -> Result<[u8; 32], CryptoError> {
        key.require(&[Purpose::Tokens])?;
        if key.tenant() != self.tenant {
            return Err(CryptoError::OtherTenant);
        }
        Ok(key.prk().mac(&[label, self.tenant.as_bytes(), self.secret.as_slice()]))
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshToken").field("tenant", &self.tenant).finish_non_exhaustive()
    }
}
