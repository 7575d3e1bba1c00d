//! The brakes on signing in.
//!
//! An attempt is counted as a failure before the password is looked at, and a success takes the count back: so a
//! hundred attempts at once get no more guesses than a hundred one after the other. Keys are hashed with the
//! installation's own key, because an attempt may name a practice or an account that does not exist, and must be
//! counted all the same. Every attempt locks the account's row before the address's, and the practice's rows last.
//!
//! An account has five free failures; from the fifth on it waits 30 seconds, doubling to 15 minutes with each further
//! one, whether or not the next password is right. A day without failures forgets them. A device that the account knows
//! has a count of its own: strangers cannot hold it up, and its successes give strangers no further guesses. An address
//! has thirty failures and 120 successes within a minute of its first attempt.
//!
//! A door of a practice has two hundred failures within ten minutes, so that trying one password on many accounts comes
//! to an end as well. One network brings forty of them at most: nobody spends them alone. Once they are spent, a network
//! that has failed at that door within those minutes waits, and one that has not has a failure yet, until there are five
//! hundred: whoever comes for the first time is not kept out by strangers. Practices that there are none of are counted
//! together, as one.

mod practice;

use self::practice::PracticeCounters;
use crate::binding::{Binding, INSTALLATION, begin, commit, roll_back};
use crate::counters::Counter;
use crate::errors::unavailable;
use crate::keys::TenantKeys;
use crate::store::PgStore;
use chrono::Duration;
use diesel::PgConnection;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use threadwell_application::access::Audience;
use threadwell_application::ports::{SignInThrottle, SlowedRequest, ThrottleKeys};
use threadwell_application::{Error, Result};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::{AccountId, Moment, TenantId};
use uuid::Uuid;

const ACCOUNT: Scope = Scope::new("throttle-account");
const ADDRESS: Scope = Scope::new("throttle-address");
const DEVICE: Scope = Scope::new("throttle-device");

const ADDRESS_WINDOW: Duration = Duration::minutes(1);
const ADDRESS_FAILURES: i32 = 30;
const ADDRESS_SUCCESSES: i32 = 120;

impl SignInThrottle for PgStore {
    fn admit(&self, keys: &ThrottleKeys<'_>, now: Moment) -> Result<()> {
        self.with_counters(keys, now, |counters| {
            if let Some(retry_after) = counters.wait(now) {
                return Err(Error::RateLimited { retry_after });
            }
            counters.account.count_account_failure(now);
            counters.windows().for_each(|window| window.failures += 1);
            Ok(())
        })
    }

    /// Nothing is left to do: the attempt was counted as a failure when it was admitted.
    fn failed(&self, _keys: &ThrottleKeys<'_>, _now: Moment) -> Result<()> {
        Ok(())
    }

    /// Nobody else was admitted to the account while it waits, so the wait is this attempt's own.
    fn halfway(&self, keys: &ThrottleKeys<'_>, now: Moment) -> Result<()> {
        self.with_counters(keys, now, |counters| {
            counters.account.failures = (counters.account.failures - 1).max(0);
            counters.account.blocked_until = None;
            counters.windows().for_each(Counter::take_back);
            Ok(())
        })
    }

    fn succeeded(&self, keys: &ThrottleKeys<'_>, now: Moment) -> Result<()> {
        self.with_counters(keys, now, |counters| {
            counters.account.failures = 0;
            counters.account.blocked_until = None;
            for window in counters.windows() {
                window.take_back();
                window.successes += 1;
            }
            Ok(())
        })
    }

    fn admit_request(&self, request: &SlowedRequest<'_>, now: Moment) -> Result<Option<Duration>> {
        self.admit_slowed(request, now)
    }

    fn admit_invitation(&self, request: &SlowedRequest<'_>, by: AccountId, now: Moment) -> Result<()> {
        self.admit_invited(request, by, now)
    }
}

/// What an attempt is counted under.
struct Counters {
    /// The account, or the device that it knows.
    account: Counter,
    address: Option<Counter>,
    /// Of attempts from devices that the account does not know.
    practice: Option<PracticeCounters>,
}

impl Counters {
    /// How long the attempt must wait, if it must.
    fn wait(&self, now: Moment) -> Option<Duration> {
        let address = self.address.as_ref();
        let address =
            address.and_then(|it| it.window_wait(ADDRESS_WINDOW, (ADDRESS_FAILURES, ADDRESS_SUCCESSES), now));
        let practice = self.practice.as_ref().and_then(|it| it.wait(now));
        [self.account.account_wait(now), address, practice].into_iter().flatten().max()
    }

    /// What counts within a time.
    fn windows(&mut self) -> impl Iterator<Item = &mut Counter> {
        let practice = self.practice.as_mut().map(PracticeCounters::all);
        self.address.as_mut().into_iter().chain(practice.into_iter().flatten())
    }
}

impl PgStore {
    /// Locks the counters, lets `change` have them, and writes them back if it does not refuse.
    fn with_counters(
        &self,
        keys: &ThrottleKeys<'_>,
        now: Moment,
        change: impl FnOnce(&mut Counters) -> Result<()>,
    ) -> Result<()> {
        self.with_brakes(|conn, hashes| {
            let account = Counter::lock(conn, account_key(hashes, keys), now)?;
            let address = keys.address.map(|address| address_key(hashes, address));
            let address = Counter::lock_window(conn, address, ADDRESS_WINDOW, now)?;
            let practice = match keys.device {
                None => Some(PracticeCounters::lock(conn, hashes, keys, now)?),
                Some(_) => None,
            };
            let mut counters = Counters { account, address, practice };
            change(&mut counters)?;
            counters.account.save(conn, now)?;
            counters.windows().try_for_each(|window| window.save(conn, now))
        })
    }

    /// One transaction over counters; they have no practice of their own.
    pub(crate) fn with_brakes<T>(
        &self,
        work: impl FnOnce(&mut PgConnection, &TenantKeys) -> Result<T>,
    ) -> Result<T> {
        let mut conn = self.pools().lend_public()?;
        begin(&mut conn, &Binding::to_tenant(INSTALLATION)).map_err(unavailable)?;
        let outcome = self.installation_keys(&mut conn).and_then(|hashes| work(&mut conn, &hashes));
        match outcome {
            Ok(done) => commit(&mut conn).map(|()| done).map_err(unavailable),
            Err(error) => {
                roll_back(&mut conn);
                Err(error)
            }
        }
    }
}

impl PgStore {
    /// The installation's own keys, which come with its first practice.
    fn installation_keys(&self, conn: &mut PgConnection) -> Result<Arc<TenantKeys>> {
        let keys = match self.keyrings().cached(INSTALLATION) {
            Some(keys) => Some(keys),
            None => self.keyrings().load(conn, INSTALLATION)?,
        };
        keys.ok_or_else(|| Error::unavailable("no practice was founded yet"))
    }
}

fn account_key(hashes: &TenantKeys, keys: &ThrottleKeys<'_>) -> [u8; 32] {
    let practice = practice_name(keys.tenant);
    let (door, email) = (door_name(keys.audience), normalise::email(keys.email.expose()));
    match keys.device {
        Some(device) => {
            let device = Uuid::from_slice(device.get(..16).unwrap_or_default()).unwrap_or_default();
            hashes.index().hash(DEVICE, &format!("{door} {practice} {device} {email}"))
        }
        None => hashes.index().hash(ACCOUNT, &format!("{door} {practice} {email}")),
    }
}

/// The word for a practice in counters: all that there are none of have one together.
fn practice_name(tenant: Option<TenantId>) -> String {
    tenant.map_or_else(|| "none".to_owned(), |tenant| tenant.to_string())
}

/// The word for a door in counters.
pub(crate) const fn door_name(audience: Audience) -> &'static str {
    match audience {
        Audience::Staff => "staff",
        Audience::Portal => "portal",
    }
}

fn address_key(hashes: &TenantKeys, address: IpAddr) -> [u8; 32] {
    hashes.index().hash(ADDRESS, &counted_address(address))
}

/// An IPv6 site has a network of 64 bits to itself: counting single addresses of it would count nothing.
pub(crate) fn counted_address(address: IpAddr) -> String {
    network_of(address, 64)
}

/// An IPv4 address, or an IPv6 one without so many of its last bits.
fn network_of(address: IpAddr, without: u32) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> without << without).to_string(),
    }
}
