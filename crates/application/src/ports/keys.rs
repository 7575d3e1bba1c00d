//! The root of the key hierarchy.

use threadwell_domain::TenantId;

/// Which tenant key is wrapped; goes into the wrapping as associated data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeyPlace {
    /// Whose key.
    pub tenant: TenantId,
    /// What it is for (the crypto crate's code of the purpose).
    pub purpose: i16,
    /// Which of its versions.
    pub version: i16,
}

/// An unwrapped tenant key; adapters hand it to the crypto crate at once.
#[derive(Clone, PartialEq, Eq)]
pub struct TenantKeyMaterial(pub [u8; 32]);

impl std::fmt::Debug for TenantKeyMaterial {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TenantKeyMaterial")
    }
}

/// Why a key could not be had.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyFailure {
    /// The wrapped key was altered or belongs to another root.
    #[error("the wrapped key does not open")]
    DoesNotOpen,
    /// The provider cannot be reached.
    #[error("the key provider is unavailable")]
    Unavailable,
}

/// Holds the root key and wraps tenant keys with it: a file, the environment, later a KMS.
pub trait KeyProvider: Send + Sync + std::fmt::Debug {
    /// Wraps a new tenant key.
    ///
    /// # Errors
    /// The provider is unavailable.
    fn wrap(&self, place: KeyPlace, key: &TenantKeyMaterial) -> Result<Vec<u8>, KeyFailure>;

    /// Opens a wrapped tenant key.
    ///
    /// # Errors
    /// It does not open at this place, or the provider is unavailable.
    fn unwrap(&self, place: KeyPlace, wrapped: &[u8]) -> Result<TenantKeyMaterial, KeyFailure>;
}
