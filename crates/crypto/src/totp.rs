//! One-time codes by time (RFC 6238): SHA-1, six digits, thirty seconds, as every authenticator app reads them.
//!
//! The library computes; which step is looked at, and that none is looked at twice, is the caller's. Its clock is never
//! asked.

use subtle::ConstantTimeEq;
use totp_rs::{Algorithm, Builder, Secret, Totp};
use zeroize::Zeroizing;

use crate::CryptoError;

const SECRET_BYTES: usize = 20;
const DIGITS: u8 = 6;
const STEP_SECONDS: u64 = 30;

/// Draws a secret, in base32 as people type it where they cannot scan it.
///
/// # Errors
/// The system has no random bytes.
pub fn generate_secret() -> Result<Zeroizing<String>, CryptoError> {
    let mut bytes = Zeroizing::new([0u8; SECRET_BYTES]);
    aws_lc_rs::rand::fill(bytes.as_mut_slice()).map_err(|_| CryptoError::Unavailable)?;
    Ok(Zeroizing::new(Secret::from(bytes.to_vec()).to_base32()))
}

/// What an authenticator app scans: the secret, named after the service and the account.
///
/// # Errors
/// The secret is no base32.
pub fn uri(secret: &str, service: &str, account: &str) -> Result<Zeroizing<String>, CryptoError> {
    let generator = generator(secret, Some((service, account)))?;
    generator.to_url().map(Zeroizing::new).map_err(|_| CryptoError::Malformed)
}

/// Whether a code is the one of a time step. Takes as long whatever is wrong with it.
///
/// # Errors
/// The secret is no base32, or the step is before all time.
pub fn is_code(secret: &str, step: i64, code: &str) -> Result<bool, CryptoError> {
    let step = u64::try_from(step).map_err(|_| CryptoError::Malformed)?;
    let expected = generator(secret, None)?.generate(step.saturating_mul(STEP_SECONDS));
    let expected = Zeroizing::new(expected.to_string());
    Ok(expected.as_bytes().ct_eq(code.as_bytes()).into())
}

fn generator(secret: &str, named: Option<(&str, &str)>) -> Result<Totp, CryptoError> {
    let secret = Secret::try_from_base32(secret).map_err(|_| CryptoError::Malformed)?;
    let mut builder = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_step_duration(STEP_SECONDS)
        .with_secret(secret);
    if let Some((service, account)) = named {
        // The two are told apart by a colon.
        builder =
            builder.with_issuer(Some(service.replace(':', " "))).with_account_name(account.replace(':', " "));
    }
    builder.build().map_err(|_| CryptoError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `12345678901234567890`, the secret of RFC 6238, Appendix B.
    const RFC_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_rfc() {
        // The last six of the eight digits there.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000_i64, "353130"),
        ] {
            assert!(is_code(RFC_SECRET, seconds / 30, code).unwrap(), "{seconds}");
            assert!(!is_code(RFC_SECRET, seconds / 30 + 1, code).unwrap(), "{seconds}");
        }
    }

    #[test]
    fn nothing_but_six_digits_is_a_code() {
        for odd in ["", "28708", "2870822", "287 082", "94287082", "٢٨٧٠٨٢", "28708\u{0}", "-87082"] {
            assert!(!is_code(RFC_SECRET, 1, odd).unwrap(), "{odd}");
        }
        assert!(is_code(RFC_SECRET, -1, "287082").is_err());
        assert!(is_code("not base 32!", 1, "287082").is_err());
    }

    #[test]
    fn a_secret_has_160_bits_and_an_address_that_apps_scan() {
        let secret = generate_secret().unwrap();
        assert_eq!(secret.len(), 32);
        assert_ne!(secret, generate_secret().unwrap());
        let uri = uri(&secret, "Skin: Riverside", "ma@riverside.example").unwrap();
        assert!(uri.starts_with("otpauth://totp/Skin%20%20Riverside:ma%40riverside"), "{}", uri.as_str());
        assert!(uri.contains(&format!("secret={}", secret.as_str())), "{}", uri.as_str());
    }
}
