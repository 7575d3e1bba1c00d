//! Choosing another password while one is signed in.

use super::common::{AccountPorts, check_new};
use super::links::end_what_was_begun;
use super::verified::hold;
use crate::access::{Access, Action, Caller};
use crate::ports::{AccountMail, CredentialRecord, MailTo, TypedPassword};
use crate::{Error, Result};
use threadwell_domain::Phi;

/// Changes the password of whoever is signed in, ends the other sessions and whatever was begun, and says so by
/// mail.
///
/// # Errors
/// The current password is wrong (`InvalidCredentials`, slowed down like sign-in), the new one breaks a rule
/// (`Invalid`), or the database is unavailable.
pub fn change_password(
    ports: &AccountPorts<'_>,
    caller: &Caller,
    current: &TypedPassword,
    new: &TypedPassword,
) -> Result<()> {
    let (person, session) = caller.person()?;
    let record = own_credentials(ports, caller)?;
    prove_password(ports, caller, Action::ChangePassword, &record, current)?;
    check_new(new, Some(&record.email), record.has_second_factor, "/newPassword")?;
    let hash = ports.secrets.hash(new)?;
    ports.store.transact(&Access::to(caller, Action::ChangePassword), |tx| {
        hold(tx, &record)?;
        tx.credentials().set_password(person, &hash, new.stands_alone())?;
        end_what_was_begun(tx, person)?;
        tx.devices().end_all(person, Some(session))?;
        tx.outbox().account_mail(AccountMail::PasswordChanged, MailTo::Person(person), None)
    })
}

/// What is known of whoever is signed in.
pub(super) fn own_credentials(ports: &AccountPorts<'_>, caller: &Caller) -> Result<CredentialRecord> {
    let (person, _) = caller.person()?;
    ports.store.transact(&Access::to(caller, Action::ReadAccount), |tx| {
        tx.credentials().credentials_of(person)?.ok_or(Error::NotFound)
    })
}

/// Asks for the password again.
pub(super) fn prove_password(
    ports: &AccountPorts<'_>,
    caller: &Caller,
    action: Action,
    record: &CredentialRecord,
    typed: &TypedPassword,
) -> Result<()> {
    // An address that does not open still has a counter of its own.
    let email = record.email.text().cloned().unwrap_or_else(|| Phi::new(""));
    let access = Access::to(caller, action);
    ports.verify(&access, typed, (&email, record.password_hash.as_deref()))
}
