//! Whose links are meant.

use crate::ports::{LinkOwner, Recipient};

/// The owner of somebody's links.
pub(super) const fn owner(person: Recipient) -> LinkOwner {
    match person {
        Recipient::Staff(staff) => LinkOwner::Staff(staff),
        Recipient::Account(account) => LinkOwner::Account(account),
    }
}
