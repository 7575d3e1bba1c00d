//! The brakes on signing in.
//!
//! An attempt is counted as a failure before the password is looked at, and a success takes the count back: so a
//! hundred attempts at once get no more guesses than a hundred one after the other. Keys are hashed with the
//! installation's own key, because an attempt may name a practice or an account that does not exist, and must be
//! counted all the same. Every attempt locks the account's row before the address's.
//!
//! An account has five free failures; from the fifth on it waits 30 seconds, doubling to 15 minutes with each further
//! one, whether or not the next password is right. A day without failures forgets them. An address has thirty failures
//! and 120 successes within a minute of its first attempt.

use crate::binding::{Binding, INSTALLATION, begin, commit, roll_back};
use crate::errors::unavailable;
use crate::keys::TenantKeys;
use crate::schema::sign_in_throttle;
use crate::store::PgStore;
use chrono::Duration;
use diesel::prelude::*;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use threadwell_application::access::Audience;
use threadwell_application::ports::{SignInThrottle, ThrottleKeys};
use threadwell_application::{Error, Result};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::Moment;

const ACCOUNT: Scope = Scope::new("throttle-account");
const ADDRESS: Scope = Scope::new("throttle-address");

const FREE_FAILURES: i32 = 5;
const FIRST_WAIT: Duration = Duration::seconds(30);
const LONGEST_WAIT: Duration = Duration::minutes(15);
const FAILURES_FORGOTTEN_AFTER: Duration = Duration::days(1);

const ADDRESS_WINDOW: Duration = Duration::minutes(1);
const ADDRESS_FAILURES: i32 = 30;
const ADDRESS_SUCCESSES: i32 = 120;

impl SignInThrottle for PgStore {
    fn admit(&self, keys: &ThrottleKeys<'_>, now: Moment) -> Result<()> {
        self.with_counters(keys, now, |account, address| {
            let waits =
                [account.account_wait(now), address.as_ref().and_then(|address| address.address_wait(now))];
            if let Some(retry_after) = waits.into_iter().flatten().max() {
                return Err(Error::RateLimited { retry_after });
            }
            account.count_account_failure(now);
            if let Some(address) = address {
                address.failures += 1;
            }
            Ok(())
        })
    }

    /// Nothing is left to do: the attempt was counted as a failure when it was admitted.
    fn failed(&self, _keys: &ThrottleKeys<'_>, _now: Moment) -> Result<()> {
        Ok(())
    }

    fn succeeded(&self, keys: &ThrottleKeys<'_>, now: Moment) -> Result<()> {
        self.with_counters(keys, now, |account, address| {
            account.failures = 0;
            account.blocked_until = None;
            if let Some(address) = address {
                address.failures = (address.failures - 1).max(0);
                address.successes += 1;
            }
            Ok(())
        })
    }
}

impl PgStore {
    /// Locks the counters, lets `change` have them, and writes them back if it does not refuse.
    fn with_counters(
        &self,
        keys: &ThrottleKeys<'_>,
        now: Moment,
        change: impl FnOnce(&mut Counter, Option<&mut Counter>) -> Result<()>,
    ) -> Result<()> {
        let mut conn = self.pools().lend_public()?;
        begin(&mut conn, &Binding::to_tenant(INSTALLATION)).map_err(unavailable)?;
        let outcome = self.installation_keys(&mut conn).and_then(|hashes| {
            let mut account = Counter::lock(&mut conn, account_key(&hashes, keys), now)?;
            let mut address = match keys.address {
                Some(address) => Some(Counter::lock(&mut conn, address_key(&hashes, address), now)?),
                None => None,
            };
            if let Some(address) = &mut address {
                address.roll_window(now);
            }
            change(&mut account, address.as_mut())?;
            account.save(&mut conn, now)?;
            address.map_or(Ok(()), |address| address.save(&mut conn, now))
        });
        match outcome {
            Ok(()) => commit(&mut conn).map_err(unavailable),
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

/// One row: what is counted under one key.
#[derive(Queryable, Selectable, Debug)]
#[diesel(table_name = sign_in_throttle, check_for_backend(diesel::pg::Pg))]
struct Counter {
    key: Vec<u8>,
    failures: i32,
    successes: i32,
    window_started_at: Moment,
    blocked_until: Option<Moment>,
    updated_at: Moment,
}

impl Counter {
    fn lock(conn: &mut PgConnection, key: [u8; 32], now: Moment) -> Result<Self> {
        diesel::insert_into(sign_in_throttle::table)
            .values((
                sign_in_throttle::key.eq(key.as_slice()),
                sign_in_throttle::window_started_at.eq(now),
                sign_in_throttle::updated_at.eq(now),
            ))
            .on_conflict_do_nothing()
            .execute(conn)
            .map_err(unavailable)?;
        sign_in_throttle::table
            .filter(sign_in_throttle::key.eq(key.as_slice()))
            .select(Self::as_select())
            .for_update()
            .first(conn)
            .map_err(unavailable)
    }

    fn save(&self, conn: &mut PgConnection, now: Moment) -> Result<()> {
        diesel::update(sign_in_throttle::table)
            .filter(sign_in_throttle::key.eq(&self.key))
            .set((
                sign_in_throttle::failures.eq(self.failures),
                sign_in_throttle::successes.eq(self.successes),
                sign_in_throttle::window_started_at.eq(self.window_started_at),
                sign_in_throttle::blocked_until.eq(self.blocked_until),
                sign_in_throttle::updated_at.eq(now),
            ))
            .execute(conn)
            .map_err(unavailable)?;
        Ok(())
    }

    /// How long the account must wait, if it must.
    fn account_wait(&self, now: Moment) -> Option<Duration> {
        self.blocked_until.filter(|until| now < *until).map(|until| until - now)
    }

    fn count_account_failure(&mut self, now: Moment) {
        if now - self.updated_at >= FAILURES_FORGOTTEN_AFTER {
            self.failures = 0;
        }
        self.failures = self.failures.saturating_add(1);
        let over = self.failures - FREE_FAILURES;
        self.blocked_until = u32::try_from(over).ok().map(|doublings| now + wait_after(doublings));
    }

    /// How long the address must wait, if it must.
    fn address_wait(&self, now: Moment) -> Option<Duration> {
        let is_spent = self.failures >= ADDRESS_FAILURES || self.successes >= ADDRESS_SUCCESSES;
        is_spent.then(|| self.window_started_at + ADDRESS_WINDOW - now)
    }

    /// Begins a new window once the old one has passed; also when the clock was set back behind it.
    fn roll_window(&mut self, now: Moment) {
        if now - self.window_started_at >= ADDRESS_WINDOW || now < self.window_started_at {
            self.failures = 0;
            self.successes = 0;
            self.window_started_at = now;
        }
    }
}

fn wait_after(doublings: u32) -> Duration {
    // Five doublings pass the longest wait.
    (FIRST_WAIT * (1_i32 << doublings.min(5))).min(LONGEST_WAIT)
}

fn account_key(hashes: &TenantKeys, keys: &ThrottleKeys<'_>) -> [u8; 32] {
    let practice = keys.tenant.map_or_else(|| "none".to_owned(), |tenant| tenant.to_string());
    let door = match keys.audience {
        Audience::Staff => "staff",
        Audience::Portal => "portal",
    };
    hashes.index().hash(ACCOUNT, &format!("{door} {practice} {}", normalise::email(keys.email.expose())))
}

/// An IPv6 site has a network of 64 bits to itself: counting single addresses of it would count nothing.
fn address_key(hashes: &TenantKeys, address: IpAddr) -> [u8; 32] {
    let counted = match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
    };
    hashes.index().hash(ADDRESS, &counted)
}
