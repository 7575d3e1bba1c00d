//! What the brakes count, one row for each key.

use crate::errors::unavailable;
use crate::schema::sign_in_throttle;
use chrono::Duration;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_domain::Moment;

const FREE_FAILURES: i32 = 5;
const FIRST_WAIT: Duration = Duration::seconds(30);
const LONGEST_WAIT: Duration = Duration::minutes(15);
const FAILURES_FORGOTTEN_AFTER: Duration = Duration::days(1);

/// One row: what is counted under one key.
#[derive(Queryable, Selectable, Debug)]
#[diesel(table_name = sign_in_throttle, check_for_backend(diesel::pg::Pg))]
pub(crate) struct Counter {
    key: Vec<u8>,
    pub(crate) failures: i32,
    pub(crate) successes: i32,
    window_started_at: Moment,
    pub(crate) blocked_until: Option<Moment>,
    updated_at: Moment,
}

impl Counter {
    /// Locks a counter, which is made where there is none.
    pub(crate) fn lock(conn: &mut PgConnection, key: [u8; 32], now: Moment) -> Result<Self> {
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

    /// Locks a counter of a window, which begins anew once it has passed.
    pub(crate) fn lock_window(
        conn: &mut PgConnection,
        key: Option<[u8; 32]>,
        length: Duration,
        now: Moment,
    ) -> Result<Option<Self>> {
        let Some(key) = key else { return Ok(None) };
        let mut counter = Self::lock(conn, key, now)?;
        counter.roll_window(length, now);
        Ok(Some(counter))
    }

    /// Whether a window is full, without waiting for anybody or leaving a trace.
    pub(crate) fn is_full(
        conn: &mut PgConnection,
        key: &[u8; 32],
        (length, most): (Duration, i32),
        now: Moment,
    ) -> Result<bool> {
        let found: Option<(i32, Moment)> = sign_in_throttle::table
            .filter(sign_in_throttle::key.eq(key.as_slice()))
            .select((sign_in_throttle::failures, sign_in_throttle::window_started_at))
            .first(conn)
            .optional()
            .map_err(unavailable)?;
        Ok(found.is_some_and(|(failures, began)| failures >= most && began <= now && now < began + length))
    }

    /// Writes it back.
    pub(crate) fn save(&self, conn: &mut PgConnection, now: Moment) -> Result<()> {
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
    pub(crate) fn account_wait(&self, now: Moment) -> Option<Duration> {
        self.blocked_until.filter(|until| now < *until).map(|until| until - now)
    }

    /// Counts a failure of an account, or of a device that it knows.
    pub(crate) fn count_account_failure(&mut self, now: Moment) {
        if now - self.updated_at >= FAILURES_FORGOTTEN_AFTER {
            self.failures = 0;
        }
        self.failures = self.failures.saturating_add(1);
        let over = self.failures - FREE_FAILURES;
        self.blocked_until = u32::try_from(over).ok().map(|doublings| now + wait_after(doublings));
    }

    /// How long a window must pass yet, once more failures or successes were in it than it takes.
    pub(crate) fn window_wait(
        &self,
        length: Duration,
        (failures, successes): (i32, i32),
        now: Moment,
    ) -> Option<Duration> {
        let is_spent = self.failures >= failures || self.successes >= successes;
        is_spent.then(|| self.window_started_at + length - now)
    }

    /// Takes back a failure that was counted beforehand.
    pub(crate) fn take_back(&mut self) {
        self.failures = (self.failures - 1).max(0);
    }

    /// Counts within another counter's window, and anew where that one has begun anew.
    pub(crate) fn follow_window(&mut self, other: &Self) {
        if self.window_started_at != other.window_started_at {
            self.failures = 0;
            self.successes = 0;
            self.window_started_at = other.window_started_at;
        }
    }

    /// Begins a new window once the old one has passed; also when the clock was set back behind it.
    pub(crate) fn roll_window(&mut self, length: Duration, now: Moment) {
        if now - self.window_started_at >= length || now < self.window_started_at {
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
