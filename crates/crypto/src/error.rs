/// Refuses a cryptographic operation without repeating any of its input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    /// The bytes are too short or have the wrong shape to be what was asked for.
    #[error("sealed value is malformed")]
    Malformed,
    /// The format version is one that this build does not read.
    #[error("sealed value has the unknown format version {0}")]
    UnknownFormat(u8),
    /// The value was sealed under another version of the key.
    #[error("sealed value needs key version {found}, not {given}")]
    OtherKeyVersion {
        /// The version that the value names.
        found: u16,
        /// The version that the caller brought.
        given: u16,
    },
    /// The tag does not match: the value was altered, moved, or sealed under another key.
    #[error("sealed value is not authentic")]
    NotAuthentic,
    /// The key belongs to another tenant than the place.
    #[error("key belongs to another tenant")]
    OtherTenant,
    /// The key was made for another purpose.
    #[error("key was made for another purpose")]
    OtherPurpose,
    /// The wrapped key names another root key than the one at hand.
    #[error("key is wrapped by another root key")]
    OtherRootKey,
    /// The text given as key material is not 32 bytes of base64.
    #[error("key material is not 32 bytes of base64")]
    BadKeyMaterial,
    /// A key ring needs at least one key, all of one tenant and purpose, each version once.
    #[error("keys do not form a ring")]
    BadKeyRing,
    /// The system's random source or the crypto library refused to work.
    #[error("cryptographic library is unavailable")]
    Unavailable,
}
