//! A password that was right when it was looked at, outside every transaction.

use super::arrival::person_of;
use crate::ports::{CredentialRecord, LoginRecord, Tx};
use crate::{Error, Result};
use threadwell_domain::Phi;

/// Whose password it was, and the record that it was compared with.
#[derive(Clone, Copy)]
pub(super) struct Verified<'a> {
    pub(super) email: &'a Phi,
    pub(super) record: &'a LoginRecord,
    /// Whether what was typed is long enough to stand without a second factor.
    pub(super) stands_alone: bool,
}

impl Verified<'_> {
    /// Holds the person until the transaction ends. Whoever chose another password since, or may sign in no more, is
    /// answered as if the password had been wrong.
    ///
    /// **Invariant:** what opens a session or ticket and what changes password, factors or whether the person may sign in
    /// hold this lock, so that nothing opens by what no longer holds.
    pub(super) fn hold(&self, tx: &mut dyn Tx) -> Result<()> {
        tx.second_factors().lock(self.record.owner.into())?;
        let Self { email, record, stands_alone } = *self;
        let now = tx.sessions().login_record(email)?.filter(|now| now.is_active && now.owner == record.owner);
        let now = now.filter(|now| now.password_hash == record.password_hash);
        let now = now.ok_or(Error::InvalidCredentials)?;
        if now.password_stands_alone != stands_alone {
            // Nobody knew before how long it is.
            tx.credentials().set_password(person_of(now.owner), &now.password_hash, stands_alone)?;
        }
        Ok(())
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
