//! The keys of a practice while it is being served, and the sealing of columns with them.

use crate::errors::{corrupt, unavailable, unsealable};
use crate::schema::tenant_key;
use diesel::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use threadwell_application::ports::{KeyPlace, KeyProvider, Readable};
use threadwell_application::{Error, Result};
use threadwell_crypto::{BlindIndex, KeyRing, Place, Purpose, TenantKey};
use threadwell_domain::{Phi, TenantId};
use uuid::Uuid;
use zeroize::Zeroizing;

/// The unwrapped keys of one practice.
#[derive(Debug)]
pub(crate) struct TenantKeys {
    tenant: TenantId,
    fields: KeyRing,
    files: KeyRing,
    index: BlindIndex,
}

impl TenantKeys {
    /// Takes the keys of every purpose, all versions.
    ///
    /// # Errors
    /// A purpose without a key.
    pub(crate) fn new(tenant: TenantId, keys: Vec<TenantKey>) -> Result<Self> {
        let (mut fields, mut files, mut search) = (Vec::new(), Vec::new(), Vec::new());
        for key in keys {
            match key.purpose() {
                Purpose::Fields => fields.push(key),
                Purpose::Blobs => files.push(key),
                Purpose::Search => search.push(key),
                Purpose::Tokens => {}
            }
        }
        let search = KeyRing::new(search).map_err(unsealable)?;
        Ok(Self {
            tenant,
            fields: KeyRing::new(fields).map_err(unsealable)?,
            files: KeyRing::new(files).map_err(unsealable)?,
            index: BlindIndex::new(search.current().map_err(unsealable)?).map_err(unsealable)?,
        })
    }

    /// The keyed hashes of the practice.
    pub(crate) const fn index(&self) -> &BlindIndex {
        &self.index
    }

    /// Seals a text for one column of one row.
    ///
    /// # Errors
    /// The crypto library refused to work.
    pub(crate) fn seal(&self, table: &str, column: &str, row: Uuid, text: &str) -> Result<Vec<u8>> {
        self.fields.seal(&self.place(table, column, row), text.as_bytes()).map_err(unsealable)
    }

    /// Seals the key of a file's objects for one column of one row.
    ///
    /// # Errors
    /// The crypto library refused to work.
    pub(crate) fn seal_key(&self, table: &str, column: &str, row: Uuid, key: &[u8; 32]) -> Result<Vec<u8>> {
        self.files.seal(&self.place(table, column, row), key).map_err(unsealable)
    }

    /// Opens a sealed key. One that does not open is reported by its place.
    pub(crate) fn open_key(
        &self,
        table: &str,
        column: &str,
        row: Uuid,
        sealed: &[u8],
    ) -> Option<Zeroizing<[u8; 32]>> {
        let opened = self.files.open(&self.place(table, column, row), sealed).ok().map(Zeroizing::new);
        let key = opened.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok());
        if key.is_none() {
            tracing::error!(tenant = %self.tenant, table, column, %row, "a sealed key is not authentic");
        }
        key.map(Zeroizing::new)
    }

    /// The column name under which a message's text is sealed. It names the thread, the patient and who may see it, so
    /// that a text moved to another conversation, or a note turned public by whoever can write to the tables, does not
    /// open any more.
    pub(crate) fn body_column(thread: Uuid, patient: Uuid, is_internal: bool) -> String {
        let audience = if is_internal { "internal" } else { "public" };
        format!("body_enc/{thread}/{patient}/{audience}")
    }

    /// Opens a sealed column. What does not open is reported by its place and shown as unreadable.
    pub(crate) fn open(&self, table: &str, column: &str, row: Uuid, sealed: &[u8]) -> Readable {
        let opened = self.fields.open(&self.place(table, column, row), sealed).ok();
        match opened.and_then(|bytes| String::from_utf8(bytes).ok()) {
            Some(text) => Readable::Intact(Phi::new(text)),
            None => {
                tracing::error!(tenant = %self.tenant, table, column, %row, "a sealed value is not authentic");
                Readable::Unreadable
            }
        }
    }

    fn place<'a>(&self, table: &'a str, column: &'a str, row: Uuid) -> Place<'a> {
        Place { tenant: self.tenant.uuid(), table, column, row }
    }
}

/// The keys of the practices that were served since the process started.
#[derive(Debug)]
pub(crate) struct Keyrings {
    provider: Arc<dyn KeyProvider>,
    known: RwLock<HashMap<TenantId, Arc<TenantKeys>>>,
}

impl Keyrings {
    /// Unwraps with this provider.
    pub(crate) fn new(provider: Arc<dyn KeyProvider>) -> Self {
        Self { provider, known: RwLock::default() }
    }

    /// The root, for wrapping new keys.
    pub(crate) const fn provider(&self) -> &Arc<dyn KeyProvider> {
        &self.provider
    }

    /// Keys that were unwrapped before.
    pub(crate) fn cached(&self, tenant: TenantId) -> Option<Arc<TenantKeys>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(&tenant).cloned()
    }

    /// Unwraps the keys of the practice that `conn` is bound to, and remembers them. `None` if it has none.
    ///
    /// # Errors
    /// An unavailable database or key provider, or a key that does not open.
    pub(crate) fn load(&self, conn: &mut PgConnection, tenant: TenantId) -> Result<Option<Arc<TenantKeys>>> {
        let rows: Vec<(i16, i16, Vec<u8>)> = tenant_key::table
            .filter(tenant_key::tenant_id.eq(tenant.uuid()))
            .select((tenant_key::purpose, tenant_key::version, tenant_key::wrapped))
            .load(conn)
            .map_err(unavailable)?;
        if rows.is_empty() {
            return Ok(None);
        }
        let keys: Vec<TenantKey> = rows
            .into_iter()
            .map(|(purpose, version, wrapped)| self.unwrap(tenant, purpose, version, &wrapped))
            .collect::<Result<_>>()?;
        let keys = Arc::new(TenantKeys::new(tenant, keys)?);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        Ok(Some(Arc::clone(known.entry(tenant).or_insert(keys))))
    }

    fn unwrap(&self, tenant: TenantId, purpose: i16, version: i16, wrapped: &[u8]) -> Result<TenantKey> {
        let corrupt = || corrupt("tenant_key", "purpose", tenant.uuid());
        let named = Purpose::from_code(purpose).ok_or_else(corrupt)?;
        let numbered = u16::try_from(version).map_err(|_| corrupt())?;
        let place = KeyPlace { tenant, purpose, version };
        let material = self.provider.unwrap(place, wrapped).map_err(Error::unavailable)?;
        Ok(TenantKey::from_material(tenant.uuid(), named, numbered, &material.0))
    }
}
