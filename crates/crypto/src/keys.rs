//! Data keys: one per tenant, purpose and version, each 32 uniform bytes that are wiped when dropped.

use std::fmt;

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{CryptoError, prk::Prk};

/// Says what a data key may be used for; a key of one purpose is refused by the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// Sealed columns.
    Fields,
    /// Sealed files.
    Blobs,
    /// Keyed hashes for exact look-ups and search tokens.
    Search,
    /// Refresh tokens and their stored hashes.
    Tokens,
}

impl Purpose {
    /// Every purpose, in the order of their names in the database.
    pub const ALL: [Self; 4] = [Self::Fields, Self::Blobs, Self::Search, Self::Tokens];

    /// Names the purpose in the database and in the associated data; never changes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fields => "fields",
            Self::Blobs => "blobs",
            Self::Search => "search",
            Self::Tokens => "tokens",
        }
    }

    /// Reads a name written by [`Purpose::as_str`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == name)
    }

    /// Numbers the purpose for a `smallint` column; never changes.
    pub const fn code(self) -> i16 {
        match self {
            Self::Fields => 1,
            Self::Blobs => 2,
            Self::Search => 3,
            Self::Tokens => 4,
        }
    }

    /// Reads a number given by [`Purpose::code`].
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// A tenant's data key for one purpose.
///
/// Holds the bytes (to be wrapped) and the prepared HMAC state (to derive record keys); both are wiped on drop.
pub struct TenantKey {
    tenant: Uuid,
    purpose: Purpose,
    version: u16,
    secret: Zeroizing<[u8; 32]>,
    prk: Prk,
}

impl TenantKey {
    /// Draws a new key from the system's random source.
    pub fn generate(tenant: Uuid, purpose: Purpose, version: u16) -> Result<Self, CryptoError> {
        let mut secret = Zeroizing::new([0u8; 32]);
        aws_lc_rs::rand::fill(secret.as_mut_slice()).map_err(|_| CryptoError::Unavailable)?;
        Ok(Self::from_secret(tenant, purpose, version, secret))
    }

    /// Takes a key that a key provider unwrapped. The bytes must be uniform, as [`TenantKey::generate`] draws them.
    pub fn from_material(tenant: Uuid, purpose: Purpose, version: u16, material: &[u8; 32]) -> Self {
        Self::from_secret(tenant, purpose, version, Zeroizing::new(*material))
    }

    pub(crate) fn from_secret(
        tenant: Uuid,
        purpose: Purpose,
        version: u16,
        secret: Zeroizing<[u8; 32]>,
    ) -> Self {
        let prk = Prk::from_uniform(&secret);
        Self { tenant, purpose, version, secret, prk }
    }

    /// The tenant whose data this key seals.
    pub fn tenant(&self) -> Uuid {
        self.tenant
    }

    /// What the key may be used for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The version that sealed values name.
    pub fn version(&self) -> u16 {
        self.version
    }

    pub(crate) fn prk(&self) -> &Prk {
        &self.prk
    }

    /// The key itself, for a key provider to wrap; for nothing else.
    pub fn material(&self) -> &[u8; 32] {
        &self.secret
    }

    pub(crate) fn require(&self, allowed: &[Purpose]) -> Result<(), CryptoError> {
        if allowed.contains(&self.purpose) { Ok(()) } else { Err(CryptoError::OtherPurpose) }
    }
}

impl fmt::Debug for TenantKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TenantKey")
            .field("tenant", &self.tenant)
            .field("purpose", &self.purpose)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// The versions of one tenant's key for one purpose: the newest seals, every one opens.
#[derive(Debug)]
pub struct KeyRing {
    /// Newest first, never empty.
    keys: Vec<TenantKey>,
}

impl KeyRing {
    /// Makes a ring of keys of one tenant and purpose, each version once.
    pub fn new(mut keys: Vec<TenantKey>) -> Result<Self, CryptoError> {
        keys.sort_by_key(|key| std::cmp::Reverse(key.version));
        let same = |a: &TenantKey, b: &TenantKey| a.tenant == b.tenant && a.purpose == b.purpose;
        let sound = keys.windows(2).all(|pair| match pair {
            [newer, older] => same(newer, older) && newer.version != older.version,
            _ => false,
        });
        if keys.is_empty() || !sound {
            return Err(CryptoError::BadKeyRing);
        }
        Ok(Self { keys })
    }

    /// The key that seals new values.
    pub fn current(&self) -> Result<&TenantKey, CryptoError> {
        self.keys.first().ok_or(CryptoError::BadKeyRing)
    }

    /// The key of a version that a sealed value names.
    pub fn version(&self, version: u16) -> Option<&TenantKey> {
        self.keys.iter().find(|key| key.version == version)
    }
}
