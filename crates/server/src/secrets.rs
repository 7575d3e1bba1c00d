//! Secrets in memory: the type that configuration keeps them in, and the keys derived from the installation's root.

mod factors;

use aws_lc_rs::hkdf;
use std::fmt;
use std::sync::Arc;
use threadwell_application::ports::{AccountMail, KeyFailure, KeyPlace, KeyProvider, TenantKeyMaterial};
use threadwell_crypto::access_tokens::AccessTokenSigner;
use threadwell_crypto::one_time::{self, OneTimeKind, OneTimeToken};
use threadwell_crypto::{CryptoError, Purpose, RootKey, TenantKey};
use threadwell_domain::TenantId;
use uuid::Uuid;
use zeroize::Zeroizing;

/// A text that is never printed and wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a secret.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The secret itself; the caller answers for where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

const EXTRACT_SALT: &[u8] = b"threadwell/server/v1";
const LABEL_CURSORS: &[u8] = b"threadwell/cursors/v1";
const LABEL_EVENTS: &[u8] = b"threadwell/events/v1";
const LABEL_REFRESH: &[u8] = b"threadwell/refresh-tokens/v1";
const REFRESH_KEY_VERSION: u16 = 1;

/// Keys of the installation: derived from the root, held for the life of the process.
pub struct InstallationKeys {
    root: RootKey,
    prk: hkdf::Prk,
    signer: Arc<AccessTokenSigner>,
    cursor_key: [u8; 32],
    event_key: [u8; 32],
}

impl InstallationKeys {
    /// Derives everything from a root key in base64. The issuer is named in access tokens.
    ///
    /// # Errors
    /// The text is no 32 bytes of base64, or the library refuses.
    pub fn new(root_base64: &Secret, issuer: &str) -> Result<Self, CryptoError> {
        let root = RootKey::from_base64(root_base64.expose())?;
        let prk =
            hkdf::Salt::new(hkdf::HKDF_SHA256, EXTRACT_SALT).extract(root_base64.expose().trim().as_bytes());
        let signer = Arc::new(AccessTokenSigner::new(&root, issuer)?);
        let cursor_key = expand(&prk, &[LABEL_CURSORS])?;
        let event_key = expand(&prk, &[LABEL_EVENTS])?;
        Ok(Self { root, prk, signer, cursor_key, event_key })
    }

    /// The root key.
    #[must_use]
    pub const fn root(&self) -> &RootKey {
        &self.root
    }

    /// Signs access tokens.
    #[must_use]
    pub fn signer(&self) -> Arc<AccessTokenSigner> {
        self.signer.clone()
    }

    pub(crate) const fn cursor_key(&self) -> &[u8; 32] {
        &self.cursor_key
    }

    pub(crate) const fn event_key(&self) -> &[u8; 32] {
        &self.event_key
    }

    /// The key of a practice's refresh tokens. Derived, not stored: a forged token names any practice, and must not
    /// make the server look one up before the token has failed.
    ///
    /// # Errors
    /// The library refuses.
    pub fn refresh_key(&self, tenant: TenantId) -> Result<TenantKey, CryptoError> {
        let id = tenant.uuid();
        let material = expand(&self.prk, &[LABEL_REFRESH, id.as_bytes()])?;
        Ok(TenantKey::from_material(id, Purpose::Tokens, REFRESH_KEY_VERSION, &material))
    }

    /// The secret that a mail about an account brings, made again from its link's row: digits for a code.
    ///
    /// # Errors
    /// The library refuses.
    pub fn mail_secret(
        &self,
        tenant: TenantId,
        mail: AccountMail,
        link: Uuid,
    ) -> Result<String, CryptoError> {
        let key = self.refresh_key(tenant)?;
        let secret = match mail {
            AccountMail::ActivationCode => one_time::code_of(&key, link)?,
            _ => OneTimeToken::derive(OneTimeKind::Link, &key, link)?.expose(),
        };
        Ok(secret.to_string())
    }
}

fn expand(prk: &hkdf::Prk, info: &[&[u8]]) -> Result<[u8; 32], CryptoError> {
    let mut key = [0; 32];
    let okm = prk.expand(info, hkdf::HKDF_SHA256).map_err(|_| CryptoError::Unavailable)?;
    okm.fill(&mut key).map_err(|_| CryptoError::Unavailable)?;
    Ok(key)
}

impl fmt::Debug for InstallationKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InstallationKeys").field("root", &self.root.id()).finish_non_exhaustive()
    }
}

impl KeyProvider for InstallationKeys {
    fn wrap(&self, place: KeyPlace, key: &TenantKeyMaterial) -> Result<Vec<u8>, KeyFailure> {
        let (purpose, version) = parsed(place)?;
        let key = TenantKey::from_material(place.tenant.uuid(), purpose, version, &key.0);
        self.root.wrap(&key).map_err(|_| KeyFailure::Unavailable)
    }

    fn unwrap(&self, place: KeyPlace, wrapped: &[u8]) -> Result<TenantKeyMaterial, KeyFailure> {
        let (purpose, version) = parsed(place)?;
        let key = self.root.unwrap(place.tenant.uuid(), purpose, version, wrapped);
        key.map(|key| TenantKeyMaterial(*key.material())).map_err(|_| KeyFailure::DoesNotOpen)
    }
}

fn parsed(place: KeyPlace) -> Result<(Purpose, u16), KeyFailure> {
    let purpose = Purpose::from_code(place.purpose).ok_or(KeyFailure::DoesNotOpen)?;
    let version = u16::try_from(place.version).map_err(|_| KeyFailure::DoesNotOpen)?;
    Ok((purpose, version))
}
