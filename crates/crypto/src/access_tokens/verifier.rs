use std::fmt;

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey};
use quick_cache::sync::Cache;
use serde::Deserialize;

use super::{ALGORITHM, Audience, Claims, MAX_TOKEN_BYTES, TYPE, TokenError};

const SIGNATURE_BYTES: usize = 64;
/// How many genuine tokens are remembered; each takes about half a kilobyte.
const REMEMBERED: usize = 8_192;

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
///
/// A client shows the same token for minutes, and checking a signature costs as much as a query: the claims of tokens
/// whose signature was found genuine are remembered by the token's hash. Only that finding is: audience, times and, in
/// the transaction, the session are checked anew for every request.
pub struct AccessTokenVerifier {
    issuer: String,
    keys: Vec<KnownKey>,
    genuine: Cache<[u8; digest::SHA256_OUTPUT_LEN], Claims>,
}

impl AccessTokenVerifier {
    pub(super) fn new(issuer: &str, key_id: &str, public_key: &[u8]) -> Self {
        let key = KnownKey { id: key_id.to_owned(), key: DecodingKey::from_ed_der(public_key) };
        Self { issuer: issuer.to_owned(), keys: vec![key], genuine: Cache::new(REMEMBERED) }
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
        let claims = self.authenticate(token)?;
        claims.check(&self.issuer, audience, now)?;
        Ok(claims)
    }

    /// The claims of a token that a known key signed, whatever they say.
    fn authenticate(&self, token: &str) -> Result<Claims, TokenError> {
        let hash = hash(token)?;
        if let Some(claims) = self.genuine.get(&hash) {
            return Ok(claims);
        }
        let claims = self.check_signature(token)?;
        self.genuine.insert(hash, claims.clone());
        Ok(claims)
    }

    fn check_signature(&self, token: &str) -> Result<Claims, TokenError> {
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
        parse_object(&payload)
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

fn hash(token: &str) -> Result<[u8; digest::SHA256_OUTPUT_LEN], TokenError> {
    let hash = digest::digest(&digest::SHA256, token.as_bytes());
    hash.as_ref().try_into().map_err(|_| TokenError::Invalid)
}

fn decode(part: &str) -> Result<Vec<u8>, TokenError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Invalid)
}

impl fmt::Debug for AccessTokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessTokenVerifier").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
