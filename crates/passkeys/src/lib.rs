//! Passkeys (WebAuthn): what is asked of an authenticator, and whether its answer holds.
//!
//! The one crate that names the library. Everything goes in and out as JSON texts, so that neither the use cases nor the
//! database know its types. Nothing is kept here: a challenge's state goes to the caller, who seals it, hands it out once
//! and lets it run out. **Invariant:** the state never reaches a client; whoever held it could answer again.
//!
//! The relying party is the host of the public origin, and the origin is that one alone. User verification (a PIN, a
//! finger, a face) is demanded of every answer. Attestation is not asked for: which makes of authenticator people use is
//! not the practice's business.

mod attested;
mod ceremonies;
mod error;

pub use ceremonies::WebauthnPasskeys;
pub use error::OriginRefusal;
