//! Who one is.

use crate::access::{Access, Action, Caller, PortalActor, StaffActor};
use crate::ports::{AccountProfile, StaffProfile, Store};
use crate::{Error, Result};

/// A staff member to itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffSelf {
    /// The profile.
    pub profile: StaffProfile,
    /// The admitted actor: role, categories, session.
    pub actor: StaffActor,
}

/// A portal account to itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PortalSelf {
    /// The profile.
    pub profile: AccountProfile,
    /// The admitted actor: grant, session.
    pub actor: PortalActor,
}

/// The staff member who asks.
///
/// # Errors
/// The session does not admit the caller, or the database is unavailable.
pub fn read_staff_self(store: &dyn Store, caller: &Caller) -> Result<StaffSelf> {
    store.transact(&Access::to(caller, Action::ReadSelf), |tx| {
        let actor = tx.staff()?;
        let profile = tx.sessions().staff_profile(actor.id())?.ok_or(Error::NotFound)?;
        Ok(StaffSelf { profile, actor })
    })
}

/// The portal account that asks.
///
/// # Errors
/// The session does not admit the caller, or the database is unavailable.
pub fn read_portal_self(store: &dyn Store, caller: &Caller) -> Result<PortalSelf> {
    store.transact(&Access::to(caller, Action::PortalReadSelf), |tx| {
        let actor = tx.portal()?;
        let profile = tx.sessions().account_profile(actor.account())?.ok_or(Error::NotFound)?;
        Ok(PortalSelf { profile, actor })
    })
}
