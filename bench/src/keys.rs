//! The root key of the measured installation, and what it opens.

use crate::generate::tenant;
use crate::{Outcome, sql};
use std::fmt;
use threadwell_application::ports::{KeyFailure, KeyPlace, KeyProvider, TenantKeyMaterial};
use threadwell_crypto::access_tokens::{AccessTokenSigner, Audience, Subject};
use threadwell_crypto::{BlindIndex, Place, Purpose, RootKey, TenantKey, envelope};
use uuid::Uuid;

/// A root key drawn for one run.
pub(crate) struct BenchKeys {
    root: RootKey,
    base64: String,
}

impl fmt::Debug for BenchKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BenchKeys")
    }
}

impl BenchKeys {
    /// Draws a key.
    ///
    /// # Errors
    /// The machine has no randomness to give.
    pub(crate) fn draw() -> Outcome<Self> {
        let base64 = RootKey::generate_base64()?.to_string();
        Ok(Self { root: RootKey::from_base64(&base64)?, base64 })
    }

    /// The key as the server's configuration takes it.
    pub(crate) fn as_base64(&self) -> &str {
        &self.base64
    }

    /// Issues an access token for a session that is in the database.
    ///
    /// # Errors
    /// The signing failed.
    pub(crate) fn token(&self, issuer: &str, subject: &Subject, now: i64) -> Outcome<String> {
        Ok(AccessTokenSigner::new(&self.root, issuer)?.issue(subject, now, LIFETIME_SECONDS)?)
    }
}

/// As long as an hour, the longest that a verifier takes.
const LIFETIME_SECONDS: i64 = 3_600;

/// A staff member's token.
pub(crate) const fn staff(tenant: Uuid, staff: Uuid, session: Uuid) -> Subject {
    Subject { audience: Audience::Staff, account: staff, tenant, session, acting_for: None }
}

/// A patient's own token.
pub(crate) fn patient(tenant: Uuid, account: Uuid, session: Uuid, patient: Uuid) -> Subject {
    let acting_for = Some((patient, "self".to_owned()));
    Subject { audience: Audience::Portal, account, tenant, session, acting_for }
}

impl KeyProvider for BenchKeys {
    fn wrap(&self, place: KeyPlace, key: &TenantKeyMaterial) -> Result<Vec<u8>, KeyFailure> {
        let purpose = Purpose::from_code(place.purpose).ok_or(KeyFailure::DoesNotOpen)?;
        let version = u16::try_from(place.version).map_err(|_| KeyFailure::DoesNotOpen)?;
        let key = TenantKey::from_material(place.tenant.uuid(), purpose, version, &key.0);
        self.root.wrap(&key).map_err(|_| KeyFailure::Unavailable)
    }

    fn unwrap(&self, place: KeyPlace, wrapped: &[u8]) -> Result<TenantKeyMaterial, KeyFailure> {
        let purpose = Purpose::from_code(place.purpose).ok_or(KeyFailure::DoesNotOpen)?;
        let version = u16::try_from(place.version).map_err(|_| KeyFailure::DoesNotOpen)?;
        let key = self.root.unwrap(place.tenant.uuid(), purpose, version, wrapped);
        key.map(|key| TenantKeyMaterial(*key.material())).map_err(|_| KeyFailure::DoesNotOpen)
    }
}

/// What seals and indexes a practice's rows.
pub(crate) struct PracticeKeys {
    tenant: Uuid,
    fields: TenantKey,
    index: BlindIndex,
}

impl PracticeKeys {
    /// Unwraps the keys that the store gave the practice.
    ///
    /// # Errors
    /// They are not there or do not open.
    pub(crate) fn load(url: &str, keys: &BenchKeys, practice: u64) -> Outcome<Self> {
        let tenant = tenant(practice);
        let open = |purpose: Purpose| -> Outcome<TenantKey> {
            let query = format!(
                "SELECT encode(wrapped, 'hex') FROM tenant_key WHERE tenant_id = '{tenant}' AND purpose = {} \
                 AND version = 1",
                purpose.code()
            );
            let wrapped = unhex(sql::run(url, &query)?.trim()).ok_or("a wrapped key is not hexadecimal")?;
            Ok(keys.root.unwrap(tenant, purpose, 1, &wrapped)?)
        };
        let index = BlindIndex::new(&open(Purpose::Search)?)?;
        Ok(Self { tenant, fields: open(Purpose::Fields)?, index })
    }

    /// Seals a text for its column.
    ///
    /// # Errors
    /// The sealing failed.
    pub(crate) fn seal(&self, table: &str, column: &str, row: Uuid, text: &str) -> Outcome<Vec<u8>> {
        let place = Place { tenant: self.tenant, table, column, row };
        Ok(envelope::seal(&self.fields, &place, text.as_bytes())?)
    }

    /// The practice's keyed hashes.
    pub(crate) const fn index(&self) -> &BlindIndex {
        &self.index
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}
