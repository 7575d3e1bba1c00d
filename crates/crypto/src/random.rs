//! Bytes from the machine's random source, for names and keys that other crates keep.

use crate::CryptoError;
use zeroize::Zeroizing;

/// So many random bytes.
///
/// # Errors
/// The machine gives none.
pub fn bytes<const LENGTH: usize>() -> Result<Zeroizing<[u8; LENGTH]>, CryptoError> {
    let mut drawn = Zeroizing::new([0; LENGTH]);
    aws_lc_rs::rand::fill(drawn.as_mut_slice()).map_err(|_| CryptoError::Unavailable)?;
    Ok(drawn)
}
