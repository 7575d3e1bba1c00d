//! The secrets of second factors, and of the tickets that ask for them.

use super::InstallationKeys;
use threadwell_application::ports::{Drawn, FactorOwner, FactorSecrets, SecretText};
use threadwell_application::{Error, Result};
use threadwell_crypto::one_time::{self, OneTimeKind, OneTimeToken};
use threadwell_crypto::{CryptoError, TenantKey, recovery, totp};
use threadwell_domain::TenantId;

/// How many recovery codes somebody has at once.
const RECOVERY_CODES: usize = 10;

impl FactorSecrets for InstallationKeys {
    fn ticket(&self, tenant: TenantId) -> Result<Drawn> {
        let key = self.refresh_key(tenant).map_err(refused)?;
        let token = OneTimeToken::generate(OneTimeKind::Ticket, tenant.uuid()).map_err(refused)?;
        let hash = token.stored_hash(&key).map_err(refused)?;
        Ok(Drawn { text: SecretText::new(token.expose().as_str()), hash })
    }

    fn recovery_codes(&self, tenant: TenantId, owner: FactorOwner) -> Result<Vec<Drawn>> {
        let key = self.refresh_key(tenant).map_err(refused)?;
        (0..RECOVERY_CODES)
            .map(|_| {
                let text = SecretText::new(recovery::generate().map_err(refused)?.as_str());
                let hash =
                    recovery_hash(&key, owner, &text)?.ok_or_else(|| refused(CryptoError::Malformed))?;
                Ok(Drawn { text, hash })
            })
            .collect()
    }

    fn recovery_hash(
        &self,
        tenant: TenantId,
        owner: FactorOwner,
        typed: &SecretText,
    ) -> Result<Option<[u8; 32]>> {
        recovery_hash(&self.refresh_key(tenant).map_err(refused)?, owner, typed)
    }

    fn one_time_secret(&self) -> Result<SecretText> {
        totp::generate_secret().map(|secret| SecretText::new(secret.as_str())).map_err(refused)
    }

    fn one_time_uri(&self, secret: &SecretText, practice: &str, email: &str) -> Result<SecretText> {
        let uri = totp::uri(secret.expose(), practice, email).map_err(refused)?;
        Ok(SecretText::new(uri.as_str()))
    }

    fn is_code(&self, secret: &SecretText, step: i64, code: &SecretText) -> Result<bool> {
        totp::is_code(secret.expose(), step, code.expose()).map_err(refused)
    }
}

/// Bound to the owner, so that a row moved to somebody else fits no code.
fn recovery_hash(key: &TenantKey, owner: FactorOwner, typed: &SecretText) -> Result<Option<[u8; 32]>> {
    let Some(code) = recovery::read(typed.expose()) else { return Ok(None) };
    one_time::code_hash(key, owner.uuid(), &code).map(Some).map_err(refused)
}

fn refused(source: CryptoError) -> Error {
    Error::unavailable(source)
}
