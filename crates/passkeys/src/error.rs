//! Why there can be no passkeys.

/// The public origin is none that authenticators take: no address, or one without a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the public origin has no name that a passkey could belong to")]
pub struct OriginRefusal;
