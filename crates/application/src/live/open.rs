//! Opening a stream.

use super::Sight;
use crate::access::{Access, Action, Caller};
use crate::ports::Store;
use crate::{Error, Result};
use std::net::IpAddr;
use threadwell_domain::access::Relationship;
use threadwell_domain::{SessionId, TenantId};

/// A stream that may be opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenedStream {
    /// The practice.
    pub tenant: TenantId,
    /// The session that it lives by.
    pub session: SessionId,
    /// Where its reader is.
    pub address: Option<IpAddr>,
    /// What it tells of.
    pub sight: Sight,
}

/// Lets a member of the staff look on.
///
/// # Errors
/// The session does not admit the caller, the role does not have the inbox, or the database is unavailable.
pub fn open_stream(store: &dyn Store, caller: &Caller) -> Result<OpenedStream> {
    store.transact(&Access::to(caller, Action::OpenEvents), |tx| {
        let actor = tx.staff()?;
        Ok(OpenedStream {
            tenant: actor.tenant(),
            session: actor.session(),
            address: caller.request.ip,
            sight: Sight::Staff { staff: actor.id(), categories: actor.categories() },
        })
    })
}

/// Lets a portal account look on for its patient.
///
/// # Errors
/// The session does not admit the caller, no patient is chosen, or the database is unavailable.
pub fn open_portal_stream(store: &dyn Store, caller: &Caller) -> Result<OpenedStream> {
    store.transact(&Access::to(caller, Action::PortalOpenEvents), |tx| {
        let actor = tx.portal()?;
        let grant = actor.grant().ok_or(Error::ActingForRequired)?;
        let sight = Sight::Portal {
            account: actor.account(),
            patient: grant.patient,
            sees_confidential: grant.relationship == Relationship::Myself,
        };
        let (tenant, session, address) = (actor.tenant(), actor.session(), caller.request.ip);
        Ok(OpenedStream { tenant, session, address, sight })
    })
}
