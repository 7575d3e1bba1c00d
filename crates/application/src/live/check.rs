//! Whether open streams may stay open, and what they may tell now.

use super::Sight;
use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{AccountStanding, StaffStanding, Store};
use std::net::IpAddr;
use threadwell_domain::access::{Operation, PortalOperation, Relationship};
use threadwell_domain::practice::AddressRange;
use threadwell_domain::{Moment, SessionId, TenantId};

/// An open stream, as it was when it was looked at last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WatchedStream {
    /// The session that it lives by.
    pub session: SessionId,
    /// Where its reader is.
    pub address: Option<IpAddr>,
    /// What it tells of.
    pub sight: Sight,
}

/// What each stream of a practice may tell now, in the order of the streams; `None` where it must end.
///
/// # Errors
/// The database is unavailable.
pub fn check_streams(
    store: &dyn Store,
    tenant: TenantId,
    streams: &[WatchedStream],
) -> Result<Vec<Option<Sight>>> {
    let mut sessions: Vec<SessionId> = streams.iter().map(|stream| stream.session).collect();
    sessions.sort_unstable();
    sessions.dedup();
    let watcher = Caller::worker_of(tenant);
    store.transact(&Access::to(&watcher, Action::WatchStreams), |tx| {
        let now = tx.now();
        let staff = tx.standings().of_staff(&sessions)?;
        let accounts = tx.standings().of_accounts(&sessions)?;
        let ranges = tx.standings().staff_ranges()?;
        Ok(streams
            .iter()
            .map(|stream| match stream.sight {
                Sight::Staff { .. } if !AddressRange::let_in(&ranges, stream.address) => None,
                Sight::Staff { .. } => {
                    staff.iter().find_map(|standing| sight_of_staff(stream, standing, now))
                }
                Sight::Portal { .. } => {
                    accounts.iter().find_map(|standing| sight_of_account(stream, standing, now))
                }
            })
            .collect())
    })
}

fn sight_of_staff(stream: &WatchedStream, standing: &StaffStanding, now: Moment) -> Option<Sight> {
    let Sight::Staff { staff, .. } = stream.sight else { return None };
    let holds = standing.session == stream.session
        && standing.staff == staff
        && standing.is_active
        && standing.role.may(Operation::ListThreads)
        && standing.facts.check(now).is_ok();
    holds.then_some(Sight::Staff { staff, categories: standing.categories })
}

fn sight_of_account(stream: &WatchedStream, standing: &AccountStanding, now: Moment) -> Option<Sight> {
    let Sight::Portal { account, patient, sees_confidential } = stream.sight else { return None };
    let is_self = standing.grant.relationship == Relationship::Myself;
    let holds = standing.session == stream.session
        && standing.account == account
        && standing.grant.patient == patient
        && is_self == sees_confidential
        && standing.is_active
        && standing.grant.allows(PortalOperation::Read, now).is_ok()
        && standing.facts.check(now).is_ok();
    holds.then_some(stream.sight)
}
