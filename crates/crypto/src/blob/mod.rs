//! Sealed files: objects outside the database that open only as what they were stored as, and piece by piece.
//!
//! Format: `format (1) ‖ salt (16) ‖ chunk ‖ … ‖ chunk`, where a chunk is the ciphertext of 65,536 bytes (the last one
//! of what is left, and never of nothing unless the file is empty) and its tag (16). The key is HKDF-Expand(the
//! attachment's key, label ‖ salt), used for this object alone; the nonce is the chunk's number and whether it is the
//! last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár); the associated data is the canonical
//! encoding of the [`Identity`]. So chunks that were left out, doubled, moved, or taken from another object, an object
//! that ends early or goes on, and a whole object under another name all fail a tag before they give a byte.
//!
//! One thing cannot be seen here: an older object that was sealed under the same name. **Invariant:** a name is used
//! for one object alone; whatever is stored anew gets a new name.
//!
//! Pure: [`Sealer`] and [`Opener`] turn pieces of any size into bytes and say which bytes of the sealed object they
//! want; moving them is for the adapters of storage.

mod opener;
mod sealer;

use std::ops::Range;

use aws_lc_rs::aead::{AES_256_GCM, LessSafeKey, Nonce, UnboundKey};
use uuid::Uuid;

use crate::{
    CryptoError,
    prk::Prk,
    sealing::{SALT_LEN, TAG_LEN, canonical},
};

pub use opener::Opener;
pub use sealer::Sealer;

const FORMAT: u8 = 1;
const LABEL: &str = "threadwell/blob/v1";
const HEADER_LEN: usize = 1 + SALT_LEN;
const CHUNK_LEN: usize = 64 * 1024;
const SEALED_CHUNK_LEN: usize = CHUNK_LEN + TAG_LEN;
/// A tebibyte: far beyond any file, far below where sizes overflow.
const MAX_PLAIN_LEN: u64 = 1 << 40;

/// What an object is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// The tenant that owns the attachment.
    pub tenant: Uuid,
    /// The attachment.
    pub attachment: Uuid,
    /// The object's name, used for no other object.
    pub name: [u8; 16],
}

impl Identity {
    fn aad(&self) -> Vec<u8> {
        canonical(&[&[FORMAT], self.tenant.as_bytes(), self.attachment.as_bytes(), &self.name])
    }
}

/// The size of the sealed object that holds so many bytes in clear, up to a tebibyte.
pub const fn sealed_len(plain_len: u64) -> u64 {
    HEADER_LEN as u64 + plain_len + chunks(plain_len) * TAG_LEN as u64
}

/// An empty file has one chunk, so that it has a tag.
const fn chunks(plain_len: u64) -> u64 {
    let full = plain_len.div_ceil(CHUNK_LEN as u64);
    if full == 0 { 1 } else { full }
}

/// Where a chunk's plaintext stands in the file.
fn plain_range(chunk: u64, plain_len: u64) -> Range<u64> {
    let start = chunk * CHUNK_LEN as u64;
    start..(start + CHUNK_LEN as u64).min(plain_len)
}

/// Where a chunk stands in the sealed object.
fn sealed_range(chunk: u64, plain_len: u64) -> Range<u64> {
    let plain = plain_range(chunk, plain_len);
    let start = HEADER_LEN as u64 + chunk * SEALED_CHUNK_LEN as u64;
    start..start + (plain.end - plain.start) + TAG_LEN as u64
}

fn object_key(key: &[u8; 32], salt: &[u8]) -> Result<LessSafeKey, CryptoError> {
    let key = Prk::from_uniform(key).expand(LABEL, salt);
    let key = UnboundKey::new(&AES_256_GCM, key.as_slice()).map_err(|_| CryptoError::Unavailable)?;
    Ok(LessSafeKey::new(key))
}

/// Unique under the object's key: the number, and whether the file ends here.
fn nonce(chunk: u64, is_last: bool) -> Nonce {
    let mut bytes = [0u8; 12];
    let (_, tail) = bytes.split_at_mut(3);
    tail.iter_mut().zip(chunk.to_be_bytes()).for_each(|(to, from)| *to = from);
    if let Some(flag) = bytes.last_mut() {
        *flag = u8::from(is_last);
    }
    Nonce::assume_unique_for_key(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_three_zeros_the_number_and_the_flag() {
        assert_eq!(nonce(0x0102_0304_0506_0708, false).as_ref(), &[0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0]);
        assert_eq!(nonce(1, true).as_ref(), &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    }

    #[test]
    fn chunks_lie_behind_each_other_and_fill_the_object() {
        for plain_len in [0, 1, 65_535, 65_536, 65_537, 131_072, 10_485_760] {
            let mut sealed_end = HEADER_LEN as u64;
            let mut plain_end = 0;
            for chunk in 0..chunks(plain_len) {
                assert_eq!(sealed_range(chunk, plain_len).start, sealed_end);
                assert_eq!(plain_range(chunk, plain_len).start, plain_end);
                sealed_end = sealed_range(chunk, plain_len).end;
                plain_end = plain_range(chunk, plain_len).end;
            }
            assert_eq!((sealed_end, plain_end), (sealed_len(plain_len), plain_len));
        }
    }
}
