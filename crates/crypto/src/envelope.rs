//! Sealed columns: a ciphertext that opens only in the place where it was written.
//!
//! Format: `format (1) ‖ key version (2, big endian) ‖ salt (16) ‖ ciphertext ‖ tag (16)`, 35 bytes more than the
//! plaintext. The associated data is the canonical encoding of the [`Place`] and the key version, so a ciphertext
//! copied to another tenant, table, column or row, or relabelled with another key version, fails its tag.

use uuid::Uuid;

use crate::{
    CryptoError, KeyRing, Purpose, TenantKey,
    sealing::{self, canonical},
};

const FORMAT: u8 = 1;
const LABEL: &str = "threadwell/record/v1";
const ALLOWED: [Purpose; 2] = [Purpose::Fields, Purpose::Blobs];

/// Where a sealed value lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The tenant that owns the row.
    pub tenant: Uuid,
    /// The table, as the database names it.
    pub table: &'a str,
    /// The column, as the database names it.
    pub column: &'a str,
    /// The row's own id.
    pub row: Uuid,
}

impl Place<'_> {
    fn aad(&self, key_version: u16) -> Vec<u8> {
        canonical(&[
            self.tenant.as_bytes(),
            self.table.as_bytes(),
            self.column.as_bytes(),
            self.row.as_bytes(),
            &key_version.to_be_bytes(),
        ])
    }
}

/// Seals a plaintext for one place.
pub fn seal(key: &TenantKey, place: &Place<'_>, plaintext: &[u8]) -> Result<Vec<u8>, CryptoError> {
    check(key, place)?;
    let [high, low] = key.version().to_be_bytes();
    sealing::seal(key.prk(), LABEL, &[FORMAT, high, low], &place.aad(key.version()), plaintext)
}

/// Opens what [`seal`] made under the same key for the same place.
pub fn open(key: &TenantKey, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
    check(key, place)?;
    let (version, body) = split_header(sealed)?;
    if version != key.version() {
        return Err(CryptoError::OtherKeyVersion { found: version, given: key.version() });
    }
    sealing::open(key.prk(), LABEL, &place.aad(version), body)
}

/// Tells under which version of the key a value was sealed, for choosing the key and for re-encryption.
pub fn key_version(sealed: &[u8]) -> Result<u16, CryptoError> {
    split_header(sealed).map(|(version, _)| version)
}

impl KeyRing {
    /// Seals under the newest key.
    pub fn seal(&self, place: &Place<'_>, plaintext: &[u8]) -> Result<Vec<u8>, CryptoError> {
        seal(self.current()?, place, plaintext)
    }

    /// Opens under whichever key the value names.
    pub fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let found = key_version(sealed)?;
        let current = self.current()?;
        let key =
            self.version(found).ok_or(CryptoError::OtherKeyVersion { found, given: current.version() })?;
        open(key, place, sealed)
    }
}

fn check(key: &TenantKey, place: &Place<'_>) -> Result<(), CryptoError> {
    key.require(&ALLOWED)?;
    if key.tenant() == place.tenant { Ok(()) } else { Err(CryptoError::OtherTenant) }
}

fn split_header(sealed: &[u8]) -> Result<(u16, &[u8]), CryptoError> {
    let (header, body) = sealed.split_first_chunk::<3>().ok_or(CryptoError::Malformed)?;
    let [format, high, low] = *header;
    if format != FORMAT {
        return Err(CryptoError::UnknownFormat(format));
    }
    Ok((u16::from_be_bytes([high, low]), body))
}
