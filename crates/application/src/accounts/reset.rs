//! Choosing a new password by a mailed link.
//!
//! Whoever asks gets the same answer after the same statements: the worker finds out later whether the e-mail is
//! somebody's, and mails to the address on record.

use super::common::{AccountPorts, LinkRequest, check_new};
use super::links::end_what_was_begun;
use crate::access::{Access, Action, Audience, Caller, Omission, RequestContext};
use crate::ports::{
    AccountMail, AccountSecrets, CredentialRecord, LinkPurpose, LinkRecord, MadeSecret, MailTo, NewLink,
    PracticeSummary, Recipient, Tx, TypedPassword,
};
use crate::{Error, Result};
use chrono::Duration;
use threadwell_domain::access::minimum_length;
use threadwell_domain::{Moment, Phi, TenantId};

/// How long a link to a new password is good.
const RESET_LIFETIME: Duration = Duration::minutes(30);

/// What the page of a link shows before anything is typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckedReset {
    /// The practice.
    pub practice: PracticeSummary,
    /// How long the password must be.
    pub minimum_length: usize,
}

/// Asks for a link to a new password. The answer never says whether there is such an account.
///
/// # Errors
/// `TenantRequired`, `RateLimited`, or the database is unavailable.
pub fn request_reset(
    ports: &AccountPorts<'_>,
    audience: Audience,
    email: &Phi,
    mut request: RequestContext,
) -> Result<()> {
    let assertion = request.tenant_assertion.take();
    let Some(practice) = ports.store.practice_for_sign_in(assertion.as_ref())? else { return Ok(()) };
    let visitor = Caller::visitor(audience, practice.id, request);
    let mail_wait = ports.slow_down(&visitor, Action::RequestReset, Some(email))?;
    ports.store.transact(&Access::to(&visitor, Action::RequestReset), |tx| match mail_wait {
        None => send_link(tx, ports.secrets, (practice.id, audience, email), ports.at),
        Some(_) => {
            tx.leave_out(Omission::ThrottledMail);
            Ok(())
        }
    })
}

/// Has a link to a new password mailed to whoever has an e-mail at one of the doors.
pub(super) fn send_link(
    tx: &mut dyn Tx,
    secrets: &dyn AccountSecrets,
    (tenant, audience, email): (TenantId, Audience, &Phi),
    at: Moment,
) -> Result<()> {
    let id = tx.fresh_id();
    let link = NewLink {
        id,
        hash: secrets.link_hash(tenant, id)?,
        purpose: purpose_at(audience),
        staff: None,
        account: None,
        patient: None,
        email: Some(email.clone()),
        name: None,
        birth_date: None,
        grant: None,
        expires_at: at + RESET_LIFETIME,
    };
    tx.account_links().issue(&link)?;
    tx.outbox().account_mail(AccountMail::PasswordReset, MailTo::LinkAddress(id), Some(id))
}

/// Shows what a link is good for. Consumes nothing.
///
/// # Errors
/// `RateLimited`, `InvalidLink`, or the database is unavailable.
pub fn check_reset(ports: &AccountPorts<'_>, link: &LinkRequest) -> Result<CheckedReset> {
    let visitor = link.visitor();
    ports.slow_down(&visitor, Action::CheckLink, None)?;
    let practice = practice(ports, link.presented.tenant)?;
    let record = find(ports, link, &visitor)?;
    Ok(CheckedReset { practice, minimum_length: minimum_length(record.has_second_factor) })
}

/// Stores the new password, ends all sessions and whatever was begun, and says so by mail. A second factor stays. Gives
/// the secret that the device is to keep.
///
/// # Errors
/// `RateLimited`, `InvalidLink`, a password that breaks a rule (`Invalid`), or the database is unavailable.
pub fn confirm_reset(
    ports: &AccountPorts<'_>,
    link: &LinkRequest,
    password: &TypedPassword,
) -> Result<MadeSecret> {
    let visitor = link.visitor();
    ports.slow_down(&visitor, Action::ResetPassword, None)?;
    let record = find(ports, link, &visitor)?;
    check_new(password, Some(&record.email), record.has_second_factor, "/password")?;
    let hash = ports.secrets.hash(password)?;
    ports.store.transact(&Access::to(&visitor, Action::ResetPassword), |tx| {
        tx.second_factors().lock(record.person.into())?;
        let (row, record) = presented(tx, link)?;
        tx.credentials().set_password(record.person, &hash, password.stands_alone())?;
        tx.account_links().use_up(row.id, None)?;
        end_what_was_begun(tx, record.person)?;
        tx.devices().end_all(record.person, None)?;
        tx.outbox().account_mail(AccountMail::PasswordChanged, MailTo::Person(record.person), None)?;
        ports.remember(tx, link, record.person)
    })
}

fn find(ports: &AccountPorts<'_>, link: &LinkRequest, visitor: &Caller) -> Result<CredentialRecord> {
    let found = ports.store.transact(&Access::to(visitor, Action::CheckLink), |tx| presented(tx, link))?;
    Ok(found.1)
}

/// A good link to a new password, with whose it is.
fn presented(tx: &mut dyn Tx, link: &LinkRequest) -> Result<(LinkRecord, CredentialRecord)> {
    let row = tx.account_links().presented(&link.presented.hash)?.ok_or(Error::InvalidLink)?;
    let person = match (link.audience, row.purpose, row.staff, row.account) {
        (Audience::Staff, LinkPurpose::StaffReset, Some(staff), None) => Recipient::Staff(staff),
        (Audience::Portal, LinkPurpose::AccountReset, None, Some(account)) => Recipient::Account(account),
        _ => return Err(Error::InvalidLink),
    };
    let record = tx.credentials().credentials_of(person)?.filter(|record| record.is_active);
    Ok((row, record.ok_or(Error::InvalidLink)?))
}

const fn purpose_at(audience: Audience) -> LinkPurpose {
    match audience {
        Audience::Staff => LinkPurpose::StaffReset,
        Audience::Portal => LinkPurpose::AccountReset,
    }
}

/// The practice that a link names.
pub(super) fn practice(ports: &AccountPorts<'_>, tenant: TenantId) -> Result<PracticeSummary> {
    let found = ports.store.practices()?.into_iter().find(|practice| practice.id == tenant);
    found.ok_or(Error::InvalidLink)
}
