use aws_lc_rs::hmac;
use zeroize::Zeroizing;

/// A uniform 32-byte secret used as the pseudo-random key of HKDF-Expand (RFC 5869), for outputs of one block.
///
/// Extract is skipped on purpose: it exists to turn uneven input into a uniform key, and every secret that comes here
/// is uniform already (drawn from the random source, or itself the output of an HKDF). Expand for 32 bytes is then one
/// HMAC, and with the key's two padding blocks hashed once and kept it costs two compressions instead of four. That
/// matters where a page opens two hundred fields. The library cleanses its HMAC state when this is dropped.
pub(crate) struct Prk(hmac::Key);

impl Prk {
    pub(crate) fn from_uniform(secret: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// Turns operator-supplied material into a uniform key: HKDF-Extract under a fixed salt.
    pub(crate) fn extract(salt: &[u8], material: &[u8; 32]) -> Self {
        let salted = hmac::Key::new(hmac::HMAC_SHA256, salt);
        let mut prk = Zeroizing::new([0u8; 32]);
        prk.copy_from_slice(hmac::sign(&salted, material).as_ref());
        Self::from_uniform(&prk)
    }

    /// HKDF-Expand to 32 bytes with `info` = label ‖ context.
    ///
    /// **Invariant:** labels are constants of this crate, none a prefix of another, so two uses never share an info.
    pub(crate) fn expand(&self, label: &str, context: &[u8]) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.mac(&[label.as_bytes(), context, &[0x01]]))
    }

    /// HMAC-SHA-256 over the concatenation of `parts`.
    pub(crate) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = hmac::Context::with_key(&self.0);
        for part in parts {
            mac.update(part);
        }
        let mut out = [0u8; 32];
        out.copy_from_slice(mac.sign().as_ref());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::hkdf;

    #[test]
    fn expand_is_hkdf_expand() {
        let secret = [0x42u8; 32];
        let info: [&[u8]; 2] = [b"label", b"context"];
        let reference = hkdf::Prk::new_less_safe(hkdf::HKDF_SHA256, &secret);
        let mut expected = [0u8; 32];
        reference.expand(&info, hkdf::HKDF_SHA256).unwrap().fill(&mut expected).unwrap();
        assert_eq!(*Prk::from_uniform(&secret).expand("label", b"context"), expected);
    }

    #[test]
    fn extract_then_expand_is_hkdf() {
        let secret = [0x17u8; 32];
        let reference = hkdf::Salt::new(hkdf::HKDF_SHA256, b"salt").extract(&secret);
        let mut expected = [0u8; 32];
        reference.expand(&[b"label"], hkdf::HKDF_SHA256).unwrap().fill(&mut expected).unwrap();
        assert_eq!(*Prk::extract(b"salt", &secret).expand("label", b""), expected);
    }
}
