//! The root key: wraps every tenant key, and gives the installation its signing key and password pepper.
//!
//! A wrapped key is `format (1) ‖ root key id (8) ‖ salt (16) ‖ ciphertext (32) ‖ tag (16)`, with tenant, purpose and
//! version as associated data: a wrapped key copied to another tenant, purpose or version does not unwrap.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    CryptoError, Purpose, TenantKey,
    prk::Prk,
    sealing::{self, canonical},
};

const FORMAT: u8 = 1;
const ID_LEN: usize = 8;
const EXTRACT_SALT: &[u8] = b"threadwell/root/v1";
const LABEL_ID: &str = "threadwell/root-id/v1";
const LABEL_WRAP: &str = "threadwell/wrap/v1";

/// Names a root key without revealing anything of it, so that a wrapped key can say what opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RootKeyId([u8; ID_LEN]);

impl fmt::Display for RootKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The installation's root key.
///
/// Unlike data keys it comes from outside (a file, the environment), so it passes HKDF-Extract before use.
pub struct RootKey {
    id: RootKeyId,
    prk: Prk,
    is_weak: bool,
}

impl RootKey {
    /// Takes the raw key material.
    pub fn from_bytes(material: &[u8; 32]) -> Self {
        let prk = Prk::extract(EXTRACT_SALT, material);
        let mut id = [0u8; ID_LEN];
        id.iter_mut().zip(prk.expand(LABEL_ID, b"").iter()).for_each(|(to, from)| *to = *from);
        Self { id: RootKeyId(id), prk, is_weak: looks_weak(material) }
    }

    /// Reads 32 bytes of standard base64, surrounding white space allowed, as a key file holds them.
    pub fn from_base64(text: &str) -> Result<Self, CryptoError> {
        let bytes =
            Zeroizing::new(STANDARD.decode(text.trim_ascii()).map_err(|_| CryptoError::BadKeyMaterial)?);
        let material =
            Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| CryptoError::BadKeyMaterial)?);
        Ok(Self::from_bytes(&material))
    }

    /// Draws new material in the form that [`RootKey::from_base64`] reads, to be written to a key file.
    pub fn generate_base64() -> Result<Zeroizing<String>, CryptoError> {
        let mut material = Zeroizing::new([0u8; 32]);
        aws_lc_rs::rand::fill(material.as_mut_slice()).map_err(|_| CryptoError::Unavailable)?;
        Ok(Zeroizing::new(STANDARD.encode(material.as_slice())))
    }

    /// Names this root key in wrapped keys.
    pub fn id(&self) -> RootKeyId {
        self.id
    }

    /// Whether the material was plainly not drawn at random (few distinct bytes, as in examples and tests).
    pub fn is_weak(&self) -> bool {
        self.is_weak
    }

    /// Wraps a tenant key for storage beside the data that it seals.
    pub fn wrap(&self, key: &TenantKey) -> Result<Vec<u8>, CryptoError> {
        let mut header = vec![FORMAT];
        header.extend_from_slice(&self.id.0);
        let aad = wrap_aad(key.tenant(), key.purpose(), key.version());
        sealing::seal(&self.prk, LABEL_WRAP, &header, &aad, key.material())
    }

    /// Opens a wrapped key, which must have been wrapped for exactly this tenant, purpose and version.
    pub fn unwrap(
        &self,
        tenant: Uuid,
        purpose: Purpose,
        version: u16,
        wrapped: &[u8],
    ) -> Result<TenantKey, CryptoError> {
        let (id, sealed) = split_header(wrapped)?;
        if id != self.id {
            return Err(CryptoError::OtherRootKey);
        }
        let aad = wrap_aad(tenant, purpose, version);
        let opened = Zeroizing::new(sealing::open(&self.prk, LABEL_WRAP, &aad, sealed)?);
        let secret = <[u8; 32]>::try_from(opened.as_slice()).map_err(|_| CryptoError::Malformed)?;
        Ok(TenantKey::from_secret(tenant, purpose, version, Zeroizing::new(secret)))
    }

    /// Derives a secret of the installation for one use, named by a label of this crate.
    pub(crate) fn derive(&self, label: &str) -> Zeroizing<[u8; 32]> {
        self.prk.expand(label, b"")
    }
}

/// Tells which root key opens a wrapped key, for rotation: those that name the old one are still to be rewrapped.
pub fn wrapped_by(wrapped: &[u8]) -> Result<RootKeyId, CryptoError> {
    split_header(wrapped).map(|(id, _)| id)
}

fn split_header(wrapped: &[u8]) -> Result<(RootKeyId, &[u8]), CryptoError> {
    let (format, rest) = wrapped.split_first().ok_or(CryptoError::Malformed)?;
    if *format != FORMAT {
        return Err(CryptoError::UnknownFormat(*format));
    }
    let (id, sealed) = rest.split_first_chunk::<ID_LEN>().ok_or(CryptoError::Malformed)?;
    Ok((RootKeyId(*id), sealed))
}

fn wrap_aad(tenant: Uuid, purpose: Purpose, version: u16) -> Vec<u8> {
    canonical(&[tenant.as_bytes(), purpose.as_str().as_bytes(), &version.to_be_bytes()])
}

/// 32 random bytes have fewer than 16 distinct values about once in 10^13 draws.
fn looks_weak(material: &[u8; 32]) -> bool {
    let mut seen = [false; 256];
    material.iter().for_each(|byte| {
        if let Some(slot) = seen.get_mut(usize::from(*byte)) {
            *slot = true;
        }
    });
    seen.iter().filter(|seen| **seen).count() < 16
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RootKey").field("id", &self.id).finish_non_exhaustive()
    }
}
