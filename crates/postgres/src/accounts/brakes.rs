//! The brakes on requests for links and codes, and with them; on invitations of patients, and on what is worth nothing.
//!
//! Keys are hashed with the installation's own key, as those of sign-in. How many mails may go to an e-mail is counted
//! whether or not anybody has it, and beside the address that asks: a stranger who asks too often keeps no mail from
//! whoever asks from elsewhere, until all together are too many.

use crate::counters::Counter;
use crate::errors::unavailable;
use crate::keys::TenantKeys;
use crate::store::PgStore;
use crate::throttle::{counted_address, door_name};
use chrono::Duration;
use diesel::PgConnection;
use std::net::IpAddr;
use threadwell_application::ports::{Flood, FloodBrake, SlowedRequest};
use threadwell_application::{Error, Result};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::{AccountId, Moment};

const REQUESTS: Scope = Scope::new("throttle-requests");
const MAILS: Scope = Scope::new("throttle-mails");
const INVITATIONS: Scope = Scope::new("throttle-invitations");
const WORTHLESS: Scope = Scope::new("throttle-worthless");

const REQUEST_WINDOW: Duration = Duration::minutes(1);
const REQUESTS_OF_ADDRESS: i32 = 30;
const MAIL_WINDOW: Duration = Duration::minutes(15);
const MAILS_ASKED_FROM_ADDRESS: i32 = 4;
const MAILS_IN_ALL: i32 = 40;
const INVITATION_WINDOW: Duration = Duration::hours(1);
const INVITATIONS_OF_ACCOUNT: i32 = 20;
const WORTHLESS_WINDOW: Duration = Duration::minutes(1);
const WORTHLESS_OF_ADDRESS: i32 = 120;

impl PgStore {
    pub(crate) fn admit_slowed(&self, request: &SlowedRequest<'_>, now: Moment) -> Result<Option<Duration>> {
        self.with_brakes(|conn, hashes| {
            let address = request.address.map(counted_address).unwrap_or_default();
            let key = hashes.index().hash(REQUESTS, &address);
            if let Some(retry_after) = take(conn, key, (REQUEST_WINDOW, REQUESTS_OF_ADDRESS), now)? {
                return Err(Error::RateLimited { retry_after });
            }
            mail_wait(conn, hashes, request, &address, now)
        })
    }

    pub(crate) fn admit_invited(
        &self,
        request: &SlowedRequest<'_>,
        by: AccountId,
        now: Moment,
    ) -> Result<()> {
        self.with_brakes(|conn, hashes| {
            let key = hashes.index().hash(INVITATIONS, &by.to_string());
            let address = request.address.map(counted_address).unwrap_or_default();
            let wait = match take(conn, key, (INVITATION_WINDOW, INVITATIONS_OF_ACCOUNT), now)? {
                None => mail_wait(conn, hashes, request, &address, now)?,
                wait => wait,
            };
            wait.map_or(Ok(()), |retry_after| Err(Error::RateLimited { retry_after }))
        })
    }
}

impl FloodBrake for PgStore {
    /// Whoever brings good tokens alone waits for no lock and writes nothing.
    fn flood_of(&self, address: Option<IpAddr>, now: Moment) -> Result<Option<Flood>> {
        let Some(address) = address else { return Ok(None) };
        self.with_brakes(|conn, hashes| {
            let key = hashes.index().hash(WORTHLESS, &counted_address(address));
            if !Counter::is_full(conn, &key, (WORTHLESS_WINDOW, WORTHLESS_OF_ADDRESS), now)? {
                return Ok(None);
            }
            let counter = Counter::lock_window(conn, Some(key), WORTHLESS_WINDOW, now)?;
            let Some(mut counter) = counter else { return Ok(None) };
            let wait = counter.window_wait(WORTHLESS_WINDOW, (WORTHLESS_OF_ADDRESS, i32::MAX), now);
            let Some(retry_after) = wait else { return Ok(None) };
            // One more than fits says that the refusal was told.
            let is_new = counter.failures == WORTHLESS_OF_ADDRESS;
            if is_new {
                counter.failures += 1;
                counter.save(conn, now)?;
            }
            Ok(Some(Flood { retry_after, is_new }))
        })
    }

    fn count_worthless(&self, address: Option<IpAddr>, now: Moment) -> Result<()> {
        let Some(address) = address else { return Ok(()) };
        self.with_brakes(|conn, hashes| {
            let key = hashes.index().hash(WORTHLESS, &counted_address(address));
            take(conn, key, (WORTHLESS_WINDOW, WORTHLESS_OF_ADDRESS), now).map(drop)
        })
    }
}

/// How long the e-mail gets no further mail, if it does not.
fn mail_wait(
    conn: &mut PgConnection,
    hashes: &TenantKeys,
    request: &SlowedRequest<'_>,
    address: &str,
    now: Moment,
) -> Result<Option<Duration>> {
    let Some(email) = request.email else { return Ok(None) };
    let practice = request.tenant.map(|tenant| tenant.to_string()).unwrap_or_default();
    let place = format!("{} {practice} {}", door_name(request.audience), normalise::email(email.expose()));
    let from_here = hashes.index().hash(MAILS, &format!("{address} {place}"));
    let in_all = hashes.index().hash(MAILS, &place);
    let wait = take(conn, from_here, (MAIL_WINDOW, MAILS_ASKED_FROM_ADDRESS), now)?;
    if wait.is_some() { Ok(wait) } else { take(conn, in_all, (MAIL_WINDOW, MAILS_IN_ALL), now) }
}

/// Counts one more in a window; how long it must pass yet if it was full.
fn take(
    conn: &mut PgConnection,
    key: [u8; 32],
    (length, most): (Duration, i32),
    now: Moment,
) -> Result<Option<Duration>> {
    let counter = Counter::lock_window(conn, Some(key), length, now)?;
    let mut counter = counter.ok_or_else(|| unavailable(diesel::result::Error::NotFound))?;
    if let Some(wait) = counter.window_wait(length, (most, i32::MAX), now) {
        return Ok(Some(wait));
    }
    counter.failures += 1;
    counter.save(conn, now)?;
    Ok(None)
}
