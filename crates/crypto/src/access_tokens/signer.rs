use std::fmt;

use aws_lc_rs::{
    digest::{SHA256, digest},
    signature::{Ed25519KeyPair, KeyPair},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header};

use super::{AccessTokenVerifier, Claims, LABEL_SIGNING, Subject, TYPE};
use crate::{CryptoError, RootKey};

/// Signs access tokens with a key derived from the root key.
///
/// The key changes with the root key; tokens live for minutes, so a verifier that still knows the former key
/// ([`AccessTokenVerifier::also_accepting`]) carries an installation over the change.
pub struct AccessTokenSigner {
    issuer: String,
    key: EncodingKey,
    key_id: String,
    public_key: Vec<u8>,
}

impl AccessTokenSigner {
    /// Derives the signing key. The issuer is the installation's own name, checked on every token.
    pub fn new(root: &RootKey, issuer: impl Into<String>) -> Result<Self, CryptoError> {
        let seed = root.derive(LABEL_SIGNING);
        let pair =
            Ed25519KeyPair::from_seed_unchecked(seed.as_slice()).map_err(|_| CryptoError::Unavailable)?;
        let document = pair.to_pkcs8().map_err(|_| CryptoError::Unavailable)?;
        let public_key = pair.public_key().as_ref().to_vec();
        Ok(Self {
            issuer: issuer.into(),
            key: EncodingKey::from_ed_der(document.as_ref()),
            key_id: key_id(&public_key),
            public_key,
        })
    }

    /// Issues a token for a signed-in subject. Lifetimes beyond an hour are refused by every verifier.
    pub fn issue(&self, subject: &Subject, now: i64, lifetime_seconds: i64) -> Result<String, CryptoError> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(self.key_id.clone());
        let claims = Claims::new(&self.issuer, subject, now, lifetime_seconds);
        jsonwebtoken::encode(&header, &claims, &self.key).map_err(|_| CryptoError::Unavailable)
    }

    /// Makes the verifier of this signer's tokens, which holds no secret.
    pub fn verifier(&self) -> AccessTokenVerifier {
        AccessTokenVerifier::new(&self.issuer, &self.key_id, &self.public_key)
    }

    #[cfg(test)]
    pub(super) fn parts(&self) -> (&EncodingKey, &str, &[u8]) {
        (&self.key, &self.key_id, &self.public_key)
    }
}

/// Names a public key: the first eight bytes of its SHA-256, in hexadecimal.
fn key_id(public_key: &[u8]) -> String {
    let hash = digest(&SHA256, public_key);
    hash.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

impl fmt::Debug for AccessTokenSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessTokenSigner")
            .field("issuer", &self.issuer)
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}
