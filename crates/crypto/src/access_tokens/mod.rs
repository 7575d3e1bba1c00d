//! Access tokens: short-lived Ed25519 JWTs (RFC 8725, RFC 9068) that name a session.
//!
//! A token alone grants nothing: every request looks up the session that it names. Verification accepts one shape
//! and one spelling of it, so there is nothing for two parsers to disagree about.

mod claims;
mod signer;
mod verifier;

#[cfg(test)]
mod tests;

pub use claims::{Audience, Claims, Subject};
pub use signer::AccessTokenSigner;
pub use verifier::AccessTokenVerifier;

const LABEL_SIGNING: &str = "threadwell/access-token-signing/v1";
const ALGORITHM: &str = "EdDSA";
const TYPE: &str = "at+jwt";

/// The longest token that is looked at.
pub const MAX_TOKEN_BYTES: usize = 4096;
/// The longest time between issue and expiry that is accepted, whatever the claims say.
pub const MAX_LIFETIME_SECONDS: i64 = 3600;
/// How far the issuer's clock may run ahead of the verifier's. Expiry has no such allowance.
pub const CLOCK_SKEW_SECONDS: i64 = 30;

/// Refuses an access token. Only expiry is told apart, because clients refresh on it; it is reported for genuine
/// tokens alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The token is not one of ours, or not for this audience, or not valid yet.
    #[error("access token is not valid")]
    Invalid,
    /// The token was ours and its time is over.
    #[error("access token has expired")]
    Expired,
}
