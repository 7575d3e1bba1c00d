use std::fmt;

use aws_lc_rs::aead::{Aad, LessSafeKey};
use zeroize::Zeroizing;

use super::{CHUNK_LEN, FORMAT, Identity, nonce, object_key};
use crate::{CryptoError, sealing::SALT_LEN};

/// Seals one object, in pieces of any size.
///
/// A full chunk is held back until more comes or the file ends, since only then it is known whether it is the last.
pub struct Sealer {
    key: LessSafeKey,
    aad: Vec<u8>,
    salt: [u8; SALT_LEN],
    is_begun: bool,
    chunk: u64,
    held: Zeroizing<Vec<u8>>,
    plain_len: u64,
}

impl Sealer {
    /// Begins an object under a fresh salt. The key must be uniform.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn new(key: &[u8; 32], identity: &Identity) -> Result<Self, CryptoError> {
        let mut salt = [0u8; SALT_LEN];
        aws_lc_rs::rand::fill(&mut salt).map_err(|_| CryptoError::Unavailable)?;
        Self::with_salt(key, identity, salt)
    }

    fn with_salt(key: &[u8; 32], identity: &Identity, salt: [u8; SALT_LEN]) -> Result<Self, CryptoError> {
        Ok(Self {
            key: object_key(key, &salt)?,
            aad: identity.aad(),
            salt,
            is_begun: false,
            chunk: 0,
            held: Zeroizing::new(Vec::new()),
            plain_len: 0,
        })
    }

    /// How many bytes in clear were taken.
    pub fn plain_len(&self) -> u64 {
        self.plain_len
    }

    /// Takes more of the file and appends what can be sealed already to `sealed`.
    ///
    /// # Errors
    /// The library fails. The object is then no use.
    pub fn push(&mut self, mut plain: &[u8], sealed: &mut Vec<u8>) -> Result<(), CryptoError> {
        self.begin(sealed);
        while !plain.is_empty() {
            if self.held.len() == CHUNK_LEN {
                self.seal_held(false, sealed)?;
            }
            // At once, so that growing leaves no copies of plaintext behind.
            let room = CHUNK_LEN - self.held.len();
            self.held.reserve_exact(room);
            let (head, rest) = plain.split_at(plain.len().min(room));
            self.held.extend_from_slice(head);
            self.plain_len += head.len() as u64;
            plain = rest;
        }
        Ok(())
    }

    /// Ends the object, appends the rest, and tells how many bytes in clear it holds.
    ///
    /// # Errors
    /// The library fails.
    pub fn finish(mut self, sealed: &mut Vec<u8>) -> Result<u64, CryptoError> {
        self.begin(sealed);
        self.seal_held(true, sealed)?;
        Ok(self.plain_len)
    }

    fn begin(&mut self, sealed: &mut Vec<u8>) {
        if !self.is_begun {
            sealed.push(FORMAT);
            sealed.extend_from_slice(&self.salt);
            self.is_begun = true;
        }
    }

    fn seal_held(&mut self, is_last: bool, sealed: &mut Vec<u8>) -> Result<(), CryptoError> {
        let tag = self
            .key
            .seal_in_place_separate_tag(nonce(self.chunk, is_last), Aad::from(&self.aad), &mut self.held)
            .map_err(|_| CryptoError::Unavailable)?;
        sealed.extend_from_slice(&self.held);
        sealed.extend_from_slice(tag.as_ref());
        self.held.clear();
        self.chunk += 1;
        Ok(())
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer").field("plain_len", &self.plain_len).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::digest::{SHA256, digest};
    use uuid::Uuid;

    use super::*;

    /// What another implementation of the format makes of the same key, salt and file.
    #[test]
    fn objects_of_several_chunks_are_what_they_always_were() {
        let identity =
            Identity { tenant: Uuid::from_u128(1), attachment: Uuid::from_u128(42), name: [0x33; 16] };
        let salt = std::array::from_fn(|at| at as u8);
        let vectors = [
            (65_537, "39f8178711841ce89676f76832484c6eeaad9fa7d86c9ebcdeaeee4a33981cdc"),
            (131_072, "ced6ae146152f034b7700f228ff577eb9c6ffaa23f98ec414097fcca37311aae"),
        ];
        for (len, expected) in vectors {
            let mut sealer = Sealer::with_salt(&[0x11; 32], &identity, salt).unwrap();
            let mut sealed = Vec::new();
            sealer.push(&vec![0x5a; len], &mut sealed).unwrap();
            sealer.finish(&mut sealed).unwrap();
            let found: String =
                digest(&SHA256, &sealed).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(found, expected, "{len}");
        }
    }
}
