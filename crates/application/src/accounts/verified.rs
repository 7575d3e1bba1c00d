//! A password that was right when it was looked at, outside every transaction.

use crate::ports::{CredentialRecord, LoginRecord, Tx};
use crate::{Error, Result};
use threadwell_domain::Phi;

/// Whose password it was, and the record that it was compared with.
#[derive(Clone, Copy)]
pub(super) struct Verified<'a> {
    pub(super) email: &'a Phi,
    pub(super) record: &'a LoginRecord,
}

impl Verified<'_> {
    /// Holds the person until the transaction ends. Whoever chose another password since, or may sign in no more, is
    /// answered as if the password had been wrong.
    ///
    /// **Invariant:** what opens sessions or tickets and what ends them hold the person's lock, so that nothing opens by
    /// what no longer holds.
    pub(super) fn hold(&self, tx: &mut dyn Tx) -> Result<()> {
        tx.second_factors().lock(self.record.owner.into())?;
        let now = tx.sessions().login_record(self.email)?;
        match now {
            Some(now) if now.is_active && now == *self.record => Ok(()),
            Some(_) | None => Err(Error::InvalidCredentials),
        }
    }
}

/// Does the same for whoever was asked for the password again.
pub(super) fn hold(tx: &mut dyn Tx, record: &CredentialRecord) -> Result<()> {
    tx.second_factors().lock(record.person.into())?;
    let now = tx.credentials().credentials_of(record.person)?;
    match now {
        Some(now) if now.is_active && now.password_hash == record.password_hash => Ok(()),
        Some(_) | None => Err(Error::InvalidCredentials),
    }
}
