//! The clock.

use chrono::{Duration, TimeZone, Utc};
use std::sync::Mutex;
use threadwell_application::ports::Clock;
use threadwell_domain::Moment;

/// A clock that moves when a test says so.
#[derive(Debug)]
pub struct FixedClock(Mutex<Moment>);

impl FixedClock {
    /// Stands at the time at which every test begins: a Sunday morning.
    pub fn at_start() -> Self {
        Self(Mutex::new(Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap()))
    }

    /// Lets time pass; a negative time turns the clock back.
    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        *self.0.lock().unwrap()
    }
}
