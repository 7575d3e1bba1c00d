//! Keys and passwords.

use super::Reader;
use crate::secrets::Secret;
use base64::{Engine, engine::general_purpose::STANDARD};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use threadwell_crypto::RootKey;
use threadwell_crypto::passwords::Passwords;
use zeroize::Zeroizing;

/// The installation's secrets.
#[derive(Clone, Debug)]
pub struct KeysConfig {
    /// 32 bytes in base64.
    pub root_key: Secret,
    /// 32 bytes in base64, mixed into every password.
    pub pepper: Secret,
    /// How slow hashing a password is.
    pub bcrypt_cost: u32,
}

impl KeysConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let root_key = root_key(reader);
        let pepper = reader.secret("THREADWELL_PASSWORD_PEPPER");
        for (name, secret) in [("THREADWELL_ROOT_KEY", &root_key), ("THREADWELL_PASSWORD_PEPPER", &pepper)] {
            if !secret.expose().is_empty() && bytes(secret).is_none() {
                reader.fault(name, "must be 32 bytes in base64 (openssl rand -base64 32)");
            }
        }
        let bcrypt_cost = reader.parsed("THREADWELL_BCRYPT_COST", "a number", 12);
        if !(4..=15).contains(&bcrypt_cost) {
            reader.fault("THREADWELL_BCRYPT_COST", "must be between 4 and 15");
        }
        Self { root_key, pepper, bcrypt_cost }
    }

    /// Hashes and verifies passwords.
    #[must_use]
    pub fn passwords(&self) -> Passwords {
        let pepper = bytes(&self.pepper).unwrap_or_else(|| Zeroizing::new([0; 32]));
        Passwords::with_pepper(&pepper, self.bcrypt_cost)
    }
}

/// From the variable, or from a file that nobody else may read.
fn root_key(reader: &mut Reader<'_>) -> Secret {
    let Some(path) = reader.optional("THREADWELL_ROOT_KEY_FILE") else {
        return reader.secret("THREADWELL_ROOT_KEY");
    };
    if reader.optional("THREADWELL_ROOT_KEY").is_some() {
        reader.fault("THREADWELL_ROOT_KEY_FILE", "cannot stand beside THREADWELL_ROOT_KEY");
    }
    match fs::metadata(&path) {
        Ok(found) if found.permissions().mode() & 0o077 != 0 => {
            reader.fault("THREADWELL_ROOT_KEY_FILE", "names a file that others may read (chmod 600)");
        }
        Ok(_) | Err(_) => {}
    }
    Secret::new(fs::read_to_string(&path).unwrap_or_else(|_| {
        reader.fault("THREADWELL_ROOT_KEY_FILE", "names a file that cannot be read");
        String::new()
    }))
}

/// 32 bytes of base64.
fn bytes(secret: &Secret) -> Option<Zeroizing<[u8; 32]>> {
    let decoded = Zeroizing::new(STANDARD.decode(secret.expose().trim()).ok()?);
    <[u8; 32]>::try_from(decoded.as_slice()).ok().map(Zeroizing::new)
}

/// Whether a key was plainly not drawn at random.
pub(super) fn is_weak(secret: &Secret) -> bool {
    RootKey::from_base64(secret.expose()).is_ok_and(|key| key.is_weak())
}
