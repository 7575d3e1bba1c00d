//! Accounts of the portal, as the practice helps and closes them.

use super::{Draft, LinkHashes, send_link};
use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{AccountMail, FactorOwner, LinkOwner, LinkPurpose, MailTo, Recipient, Store};
use crate::{Error, Result};
use threadwell_domain::AccountId;

/// What the practice can do for the holder of an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Help {
    /// Lets the account sign in again.
    Activate,
    /// Lets it sign in no more, and ends its sessions.
    Deactivate,
    /// Mails a link to a new password.
    PasswordReset,
    /// Ends all sessions.
    EndSessions,
}

impl Help {
    const fn action(self) -> Action {
        match self {
            Self::Activate => Action::ActivateAccount,
            Self::Deactivate => Action::DeactivateAccount,
            Self::PasswordReset => Action::ResetAccountPassword,
            Self::EndSessions => Action::EndAccountSessions,
        }
    }
}

/// Helps the holder of an account, or closes it.
///
/// # Errors
/// There is none, the caller may not, or the database is unavailable.
pub fn help(
    store: &dyn Store,
    caller: &Caller,
    id: AccountId,
    how: Help,
    hashes: &LinkHashes<'_>,
) -> Result<()> {
    store.transact(&Access::to(caller, how.action()).about(Subject::Account(id)), |tx| {
        let is_active = tx.grants().is_account_active(id)?.ok_or(Error::NotFound)?;
        match how {
            Help::Activate => tx.grants().set_account_active(id, true).map(drop),
            Help::Deactivate => {
                tx.second_factors().lock(FactorOwner::Account(id))?;
                tx.tickets().end_all(FactorOwner::Account(id))?;
                tx.grants().set_account_active(id, false)?;
                tx.account_links().withdraw(LinkOwner::Account(id), LinkPurpose::AccountReset)?;
                tx.holdings().end_sessions(Recipient::Account(id)).map(drop)
            }
            Help::EndSessions => tx.holdings().end_sessions(Recipient::Account(id)).map(drop),
            Help::PasswordReset if is_active => {
                tx.account_links().withdraw(LinkOwner::Account(id), LinkPurpose::AccountReset)?;
                send_link(tx, Draft::account_reset(id), hashes).map(drop)
            }
            Help::PasswordReset => Err(Error::NotFound),
        }
    })
}

/// Takes the second factors of an account away. The holder is told, and signs in anew.
///
/// # Errors
/// There is none, the caller may not or has not stepped up, or the database is unavailable.
pub fn remove_factors(store: &dyn Store, caller: &Caller, id: AccountId) -> Result<()> {
    let access = Access::to(caller, Action::RemoveAccountFactors).about(Subject::Account(id));
    store.transact(&access, |tx| {
        tx.grants().is_account_active(id)?.ok_or(Error::NotFound)?;
        tx.second_factors().lock(FactorOwner::Account(id))?;
        tx.holdings().remove_factors(Recipient::Account(id))?;
        tx.tickets().end_all(FactorOwner::Account(id))?;
        tx.holdings().end_sessions(Recipient::Account(id))?;
        tx.outbox().account_mail(AccountMail::FactorsRemoved, MailTo::Person(Recipient::Account(id)), None)
    })
}
