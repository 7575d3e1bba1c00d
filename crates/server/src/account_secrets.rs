//! Passwords and one-time secrets of accounts, as use cases ask for them.

use crate::secrets::InstallationKeys;
use std::fmt;
use std::sync::Arc;
use threadwell_application::ports::{AccountSecrets, MadeSecret, TypedPassword};
use threadwell_application::{Error, Result};
use threadwell_crypto::one_time::{self, OneTimeKind, OneTimeToken};
use threadwell_crypto::passwords::{Password, Passwords};
use threadwell_crypto::{CryptoError, TenantKey};
use threadwell_domain::{Phi, TenantId};
use uuid::Uuid;

/// The cryptography behind accounts.
#[derive(Clone)]
pub(crate) struct ServerSecrets {
    keys: Arc<InstallationKeys>,
    passwords: Arc<Passwords>,
}

impl ServerSecrets {
    /// Joins the keys of the installation and its passwords.
    #[must_use]
    pub(crate) const fn new(keys: Arc<InstallationKeys>, passwords: Arc<Passwords>) -> Self {
        Self { keys, passwords }
    }

    fn key(&self, tenant: TenantId) -> Result<TenantKey> {
        self.keys.refresh_key(tenant).map_err(refused)
    }
}

impl fmt::Debug for ServerSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerSecrets")
    }
}

impl AccountSecrets for ServerSecrets {
    fn verify(&self, typed: &TypedPassword, stored: Option<&str>) -> bool {
        Password::parse(typed.expose()).is_ok_and(|password| self.passwords.verify(&password, stored))
    }

    fn hash(&self, typed: &TypedPassword) -> Result<String> {
        let password = Password::parse(typed.expose()).map_err(Error::unavailable)?;
        self.passwords.hash(&password).map_err(refused)
    }

    fn needs_rehash(&self, stored: &str) -> bool {
        self.passwords.needs_rehash(stored)
    }

    fn link_hash(&self, tenant: TenantId, row: Uuid) -> Result<[u8; 32]> {
        let key = self.key(tenant)?;
        let token = OneTimeToken::derive(OneTimeKind::Link, &key, row).map_err(refused)?;
        token.stored_hash(&key).map_err(refused)
    }

    fn activation(&self, tenant: TenantId, row: Uuid) -> Result<MadeSecret> {
        let key = self.key(tenant)?;
        made(&OneTimeToken::derive(OneTimeKind::Activation, &key, row).map_err(refused)?, &key)
    }

    fn is_code(&self, tenant: TenantId, row: Uuid, digits: &Phi) -> Result<bool> {
        let key = self.key(tenant)?;
        let code = one_time::code_of(&key, row).map_err(refused)?;
        // Keyed hashes are compared, so that the time tells nothing of the digits.
        let hash = |text: &str| one_time::code_hash(&key, row, text).map_err(refused);
        Ok(hash(&code)? == hash(digits.expose())?)
    }

    fn device(&self, tenant: TenantId) -> Result<MadeSecret> {
        let token = OneTimeToken::generate(OneTimeKind::Device, tenant.uuid()).map_err(refused)?;
        made(&token, &self.key(tenant)?)
    }

    fn device_hash(&self, tenant: TenantId, text: &str) -> Option<[u8; 32]> {
        let token = OneTimeToken::parse(OneTimeKind::Device, text).ok()?;
        token.stored_hash(&self.key(tenant).ok()?).ok()
    }
}

fn made(token: &OneTimeToken, key: &TenantKey) -> Result<MadeSecret> {
    Ok(MadeSecret { text: token.expose(), hash: token.stored_hash(key).map_err(refused)? })
}

fn refused(source: CryptoError) -> Error {
    Error::unavailable(source)
}
