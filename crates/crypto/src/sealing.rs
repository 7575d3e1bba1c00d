//! The one AEAD construction of the crate: AES-256-GCM under a key derived afresh for every record.
//!
//! The key is HKDF-Expand(PRK, label ‖ salt) with a random 16-byte salt, so no two records share one, and the nonce
//! can be the constant zero: uniqueness of (key, nonce) rests on 128 random bits rather than on the 96 of a nonce, and
//! a tenant may seal far past the 2^32 records after which random nonces under one key become a worry.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

use crate::{CryptoError, prk::Prk};

pub(crate) const SALT_LEN: usize = 16;
pub(crate) const TAG_LEN: usize = 16;

/// Appends salt ‖ ciphertext ‖ tag to `header` and returns the whole.
pub(crate) fn seal(
    prk: &Prk,
    label: &str,
    header: &[u8],
    aad: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, CryptoError> {
    let mut salt = [0u8; SALT_LEN];
    aws_lc_rs::rand::fill(&mut salt).map_err(|_| CryptoError::Unavailable)?;
    let body_at = header.len() + SALT_LEN;
    let mut out = Vec::with_capacity(body_at + plaintext.len() + TAG_LEN);
    out.extend_from_slice(header);
    out.extend_from_slice(&salt);
    out.extend_from_slice(plaintext);
    let body = out.get_mut(body_at..).ok_or(CryptoError::Malformed)?;
    let tag = record_key(prk, label, &salt)?
        .seal_in_place_separate_tag(zero_nonce(), Aad::from(aad), body)
        .map_err(|_| CryptoError::Unavailable)?;
    out.extend_from_slice(tag.as_ref());
    Ok(out)
}

/// Opens salt ‖ ciphertext ‖ tag, as [`seal`] wrote it behind its header.
pub(crate) fn open(prk: &Prk, label: &str, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let (salt, body) = sealed.split_at_checked(SALT_LEN).ok_or(CryptoError::Malformed)?;
    let plaintext_len = body.len().checked_sub(TAG_LEN).ok_or(CryptoError::Malformed)?;
    let mut body = body.to_vec();
    record_key(prk, label, salt)?
        .open_in_place(zero_nonce(), Aad::from(aad), &mut body)
        .map_err(|_| CryptoError::NotAuthentic)?;
    body.truncate(plaintext_len);
    Ok(body)
}

fn record_key(prk: &Prk, label: &str, salt: &[u8]) -> Result<LessSafeKey, CryptoError> {
    let key = prk.expand(label, salt);
    let key = UnboundKey::new(&AES_256_GCM, key.as_slice()).map_err(|_| CryptoError::Unavailable)?;
    Ok(LessSafeKey::new(key))
}

fn zero_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

/// Encodes parts so that no two different lists of parts give the same bytes: each is led by its length.
pub(crate) fn canonical(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        out.extend_from_slice(&(part.len() as u64).to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}
