//! The brakes on requests for links and codes, and with them.
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
use threadwell_application::ports::SlowedRequest;
use threadwell_application::{Error, Result};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::Moment;

const REQUESTS: Scope = Scope::new("throttle-requests");
const MAILS: Scope = Scope::new("throttle-mails");

const REQUEST_WINDOW: Duration = Duration::minutes(1);
const REQUESTS_OF_ADDRESS: i32 = 30;
const MAIL_WINDOW: Duration = Duration::minutes(15);
const MAILS_ASKED_FROM_ADDRESS: i32 = 4;
const MAILS_IN_ALL: i32 = 40;

impl PgStore {
    pub(crate) fn admit_slowed(&self, request: &SlowedRequest<'_>, now: Moment) -> Result<bool> {
        self.with_brakes(|conn, hashes| {
            let address = request.address.map(counted_address).unwrap_or_default();
            let key = hashes.index().hash(REQUESTS, &address);
            if let Some(retry_after) = take(conn, key, (REQUEST_WINDOW, REQUESTS_OF_ADDRESS), now)? {
                return Err(Error::RateLimited { retry_after });
            }
            may_mail(conn, hashes, request, &address, now)
        })
    }
}

fn may_mail(
    conn: &mut PgConnection,
    hashes: &TenantKeys,
    request: &SlowedRequest<'_>,
    address: &str,
    now: Moment,
) -> Result<bool> {
    let Some(email) = request.email else { return Ok(true) };
    let practice = request.tenant.map(|tenant| tenant.to_string()).unwrap_or_default();
    let place = format!("{} {practice} {}", door_name(request.audience), normalise::email(email.expose()));
    let from_here = hashes.index().hash(MAILS, &format!("{address} {place}"));
    let in_all = hashes.index().hash(MAILS, &place);
    let is_often = take(conn, from_here, (MAIL_WINDOW, MAILS_ASKED_FROM_ADDRESS), now)?.is_some();
    Ok(!is_often && take(conn, in_all, (MAIL_WINDOW, MAILS_IN_ALL), now)?.is_none())
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
