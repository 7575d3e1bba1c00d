use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;

use super::{ALGORITHM, Audience, Claims, MAX_TOKEN_BYTES, TYPE, TokenError};

const SIGNATURE_BYTES: usize = 64;

/// The only header that is accepted: these three members, each once, and nothing else.
///
/// Headers that steer a verifier (`jwk`, `jku`, `x5u`, `crit`, `b64`, `zip`) thus never reach one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictHeader<'a> {
    #[serde(borrow)]
    alg: &'a str,
    #[serde(borrow)]
    typ: &'a str,
    #[serde(borrow)]
    kid: &'a str,
}

struct KnownKey {
    id: String,
    key: DecodingKey,
}

/// Verifies access tokens of one issuer.
pub struct AccessTokenVerifier {
    issuer: String,
    keys: Vec<KnownKey>,
}

impl AccessTokenVerifier {
    pub(super) fn new(issuer: &str, key_id: &str, public_key: &[u8]) -> Self {
        let key = KnownKey { id: key_id.to_owned(), key: DecodingKey::from_ed_der(public_key) };
        Self { issuer: issuer.to_owned(), keys: vec![key] }
    }

    /// Also accepts what another signer of the same issuer signed, while the root key is being replaced.
    #[must_use]
    pub fn also_accepting(mut self, former: Self) -> Self {
        self.keys.extend(former.keys);
        self
    }

    /// Returns the claims of a genuine token for `audience` that is valid at `now` (seconds since 1970).
    ///
    /// The signature is checked before the claims are parsed: a forger reaches no parser but base64 and the header's.
    pub fn verify(&self, token: &str, audience: Audience, now: i64) -> Result<Claims, TokenError> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(TokenError::Invalid);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Invalid)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenError::Invalid)?;
        // Canonical base64url only: no padding, no line breaks, no stray bits in the last character, no third dot.
        let (header, payload) = (decode(header)?, decode(payload)?);
        if decode(signature)?.len() != SIGNATURE_BYTES {
            return Err(TokenError::Invalid);
        }
        let key = self.key_for(&header)?;
        match jsonwebtoken::crypto::verify(signature, signed.as_bytes(), key, Algorithm::EdDSA) {
            Ok(true) => {}
            Ok(false) | Err(_) => return Err(TokenError::Invalid),
        }
        let claims: Claims = parse_object(&payload)?;
        claims.check(&self.issuer, audience, now)?;
        Ok(claims)
    }

    fn key_for(&self, header: &[u8]) -> Result<&DecodingKey, TokenError> {
        let header: StrictHeader<'_> = parse_object(header)?;
        if header.alg != ALGORITHM || header.typ != TYPE {
            return Err(TokenError::Invalid);
        }
        self.keys
            .iter()
            .find(|known| known.id == header.kid)
            .map(|known| &known.key)
            .ok_or(TokenError::Invalid)
    }
}

/// Parses a JSON object. The derived deserialisers would also take an array of the members' values.
fn parse_object<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, TokenError> {
    if !json.starts_with(b"{") {
        return Err(TokenError::Invalid);
    }
    serde_json::from_slice(json).map_err(|_| TokenError::Invalid)
}

fn decode(part: &str) -> Result<Vec<u8>, TokenError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Invalid)
}

impl fmt::Debug for AccessTokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessTokenVerifier").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
