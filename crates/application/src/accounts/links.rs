//! Whose links are meant, and when they end all together.

use crate::Result;
use crate::ports::{LinkOwner, LinkPurpose, Recipient, Tx};

/// The owner of somebody's links.
pub(super) const fn owner(person: Recipient) -> LinkOwner {
    match person {
        Recipient::Staff(staff) => LinkOwner::Staff(staff),
        Recipient::Account(account) => LinkOwner::Account(account),
    }
}

/// Ends what was begun under the old password or address: links to a new password, to another e-mail, and sign-ins that
/// wait for their factor.
pub(super) fn end_what_was_begun(tx: &mut dyn Tx, person: Recipient) -> Result<()> {
    let purposes: &[LinkPurpose] = match person {
        Recipient::Staff(_) => &[LinkPurpose::StaffReset],
        Recipient::Account(_) => &[LinkPurpose::AccountReset, LinkPurpose::AccountEmail],
    };
    for purpose in purposes {
        tx.account_links().withdraw(owner(person), *purpose)?;
    }
    tx.tickets().end_all(person.into())
}
