//! What patients and their proxies do with threads.

mod list;
mod mark_read;
mod proxies;
mod read;
mod read_draft;
mod save_draft;
mod send;
mod start;
mod update;

pub use list::{PortalThreads, count_unread, list_threads};
pub use mark_read::mark_read;
pub use proxies::{
    Caregiver, OwnGrants, end_given, invite_caregiver, leave, list_grants, withdraw_invitation,
};
pub use read::{OpenedPortalThread, read_thread};
pub use read_draft::{read_draft, read_new_draft};
pub use save_draft::{save_draft, save_new_draft};
pub use send::{PortalMessage, send_message};
pub use start::{StartPortalThread, start_thread};
pub use update::set_confidential;

use crate::access::PortalActor;
use crate::ports::{ProxySender, Sender};
use crate::{Error, Result};
use threadwell_domain::access::{Grant, Relationship};

/// The grant under which the account acts; the door has seen that there is one.
fn grant_of(actor: &PortalActor) -> Result<Grant> {
    actor.grant().copied().ok_or(Error::ActingForRequired)
}

/// The account as the sender of a message, named as a proxy unless it is the patient.
fn sender(actor: &PortalActor) -> Result<Sender> {
    let relationship = grant_of(actor)?.relationship;
    let proxy = match relationship {
        Relationship::Myself => None,
        Relationship::Guardian | Relationship::Caregiver => {
            let full_name = actor
                .full_name()
                .cloned()
                .ok_or_else(|| Error::unavailable("the account's name is unreadable"))?;
            Some(ProxySender { full_name, relationship })
        }
    };
    Ok(Sender::Patient { account: actor.account(), proxy })
}
