//! Another e-mail for an account of the portal: it is proved before it counts.

use super::common::{AccountPorts, LinkRequest};
use super::password::{own_credentials, prove_password};
use super::verified::hold;
use crate::access::{Access, Action, Audience, Caller};
use crate::ports::{
    AccountMail, CredentialRecord, LinkOwner, LinkPurpose, LinkRecord, MailTo, NewLink, Readable, Recipient,
    Tx, TypedPassword,
};
use crate::{Error, Result};
use chrono::Duration;
use threadwell_domain::{AccountId, Phi};
use uuid::Uuid;

/// How long the link to a new e-mail is good.
const EMAIL_LIFETIME: Duration = Duration::days(1);

/// Mails a link to the new address. Whether another account has it is not said: then the link leads nowhere.
///
/// # Errors
/// The password is wrong (`InvalidCredentials`), `RateLimited` (also where the address got too many mails), or the database is unavailable.
pub fn change_email(
    ports: &AccountPorts<'_>,
    caller: &Caller,
    email: &Phi,
    password: &TypedPassword,
) -> Result<()> {
    let record = own_credentials(ports, caller)?;
    prove_password(ports, caller, Action::ChangeEmail, &record, password)?;
    let Recipient::Account(account) = record.person else { return Err(Error::Denied) };
    if let Some(retry_after) = ports.slow_down(caller, Action::ChangeEmail, Some(email))? {
        return ports.refuse(&Access::to(caller, Action::ChangeEmail), Error::RateLimited { retry_after });
    }
    ports.store.transact(&Access::to(caller, Action::ChangeEmail), |tx| {
        hold(tx, &record)?;
        tx.account_links().withdraw(LinkOwner::Account(account), LinkPurpose::AccountEmail)?;
        let id = issue(ports, tx, caller, account, email)?;
        tx.outbox().account_mail(AccountMail::ConfirmEmail, MailTo::LinkAddress(id), Some(id))
    })
}

fn issue(
    ports: &AccountPorts<'_>,
    tx: &mut dyn Tx,
    caller: &Caller,
    account: AccountId,
    email: &Phi,
) -> Result<Uuid> {
    let (id, tenant) = (tx.fresh_id(), caller.tenant().ok_or(Error::Denied)?);
    let link = NewLink {
        id,
        hash: ports.secrets.link_hash(tenant, id)?,
        purpose: LinkPurpose::AccountEmail,
        staff: None,
        account: Some(account),
        patient: None,
        email: Some(email.clone()),
        name: None,
        birth_date: None,
        grant: None,
        expires_at: ports.at + EMAIL_LIFETIME,
    };
    tx.account_links().issue(&link)?;
    Ok(id)
}

/// Gives the account its new e-mail, and tells the old address.
///
/// # Errors
/// `RateLimited`, `InvalidLink` (also where another account has the address by now), or the database is unavailable.
pub fn confirm_email(ports: &AccountPorts<'_>, link: &LinkRequest) -> Result<()> {
    let visitor = link.visitor();
    ports.slow_down(&visitor, Action::ConfirmEmail, None)?;
    ports.store.transact(&Access::to(&visitor, Action::ConfirmEmail), |tx| {
        let (row, account, record) = presented(tx, link)?;
        let Some(Readable::Intact(new)) = row.email else { return Err(Error::InvalidLink) };
        if !tx.credentials().set_email(account, &new)? {
            return Err(Error::InvalidLink);
        }
        tx.account_links().use_up(row.id, None)?;
        // Links that went to the old address are nobody's any more.
        tx.account_links().withdraw(LinkOwner::Account(account), LinkPurpose::AccountReset)?;
        match record.email {
            Readable::Intact(old) => tell_old_address(ports, tx, &visitor, account, &old),
            Readable::Unreadable => Ok(()),
        }
    })
}

fn presented(tx: &mut dyn Tx, link: &LinkRequest) -> Result<(LinkRecord, AccountId, CredentialRecord)> {
    let row = tx.account_links().presented(&link.presented.hash)?.ok_or(Error::InvalidLink)?;
    let (Audience::Portal, LinkPurpose::AccountEmail, Some(account)) =
        (link.audience, row.purpose, row.account)
    else {
        return Err(Error::InvalidLink);
    };
    let record = tx.credentials().credentials_of(Recipient::Account(account))?;
    let record = record.filter(|record| record.is_active).ok_or(Error::InvalidLink)?;
    Ok((row, account, record))
}

/// The old address is on no record any more: a link that is used up at once keeps it for the mail.
fn tell_old_address(
    ports: &AccountPorts<'_>,
    tx: &mut dyn Tx,
    visitor: &Caller,
    account: AccountId,
    old: &Phi,
) -> Result<()> {
    let id = issue(ports, tx, visitor, account, old)?;
    tx.account_links().use_up(id, None)?;
    tx.outbox().account_mail(AccountMail::EmailChanged, MailTo::LinkAddress(id), None)
}
