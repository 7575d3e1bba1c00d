//! The secrets of mailed links, as far as making one goes: what the database keeps of each.

use crate::secrets::InstallationKeys;
use threadwell_application::{Error, Result};
use threadwell_crypto::one_time::{OneTimeKind, OneTimeToken};
use threadwell_domain::TenantId;
use uuid::Uuid;

/// Gives the keyed hash of the secret that belongs to a link's row, for a practice.
pub(crate) fn hashes(keys: &InstallationKeys, tenant: TenantId) -> impl Fn(Uuid) -> Result<[u8; 32]> + '_ {
    move |link| {
        let key = keys.refresh_key(tenant).map_err(Error::unavailable)?;
        let secret = OneTimeToken::derive(OneTimeKind::Link, &key, link).map_err(Error::unavailable)?;
        secret.stored_hash(&key).map_err(Error::unavailable)
    }
}
