//! What is counted of all strangers together, so that one password on many accounts comes to an end.

use super::{door_name, network_of, practice_name};
use crate::counters::Counter;
use crate::keys::TenantKeys;
use chrono::Duration;
use diesel::PgConnection;
use std::net::IpAddr;
use threadwell_application::Result;
use threadwell_application::ports::ThrottleKeys;
use threadwell_crypto::Scope;
use threadwell_domain::Moment;

const PRACTICE: Scope = Scope::new("throttle-practice");
const NETWORK: Scope = Scope::new("throttle-network");

const WINDOW: Duration = Duration::minutes(10);
const FAILURES: i32 = 200;
const FAILURES_IN_ALL: i32 = 500;
const FAILURES_OF_NETWORK: i32 = 40;

/// What strangers got wrong at a door of a practice, within the same ten minutes.
pub(super) struct PracticeCounters {
    /// From this attempt's network.
    network: Counter,
    /// From anywhere.
    whole: Counter,
}

impl PracticeCounters {
    pub(super) fn lock(
        conn: &mut PgConnection,
        hashes: &TenantKeys,
        keys: &ThrottleKeys<'_>,
        now: Moment,
    ) -> Result<Self> {
        let practice = format!("{} {}", door_name(keys.audience), practice_name(keys.tenant));
        let network = keys.address.map(counted_network).unwrap_or_default();
        let network = hashes.index().hash(NETWORK, &format!("{practice} {network}"));
        let mut network = Counter::lock(conn, network, now)?;
        let whole = hashes.index().hash(PRACTICE, &practice);
        let mut whole = Counter::lock(conn, whole, now)?;
        whole.roll_window(WINDOW, now);
        network.follow_window(&whole);
        Ok(Self { network, whole })
    }

    /// How long the attempt must wait, if it must.
    pub(super) fn wait(&self, now: Moment) -> Option<Duration> {
        let is_spent = self.whole.failures >= FAILURES;
        let from_here = if is_spent { 1 } else { FAILURES_OF_NETWORK };
        let network = self.network.window_wait(WINDOW, (from_here, i32::MAX), now);
        network.or_else(|| self.whole.window_wait(WINDOW, (FAILURES_IN_ALL, i32::MAX), now))
    }

    /// Both of them.
    pub(super) const fn all(&mut self) -> [&mut Counter; 2] {
        [&mut self.network, &mut self.whole]
    }
}

/// Whoever wants many networks of 64 bits gets them by the 65,536 of one of 48.
fn counted_network(address: IpAddr) -> String {
    network_of(address, 80)
}
