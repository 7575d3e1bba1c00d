//! The time.

use chrono::{SubsecRound, Utc};
use threadwell_domain::Moment;

/// Tells the time, in microseconds (what PostgreSQL keeps).
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Now.
    fn now(&self) -> Moment;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this adapter is where time enters the process")]
    fn now(&self) -> Moment {
        Utc::now().trunc_subsecs(6)
    }
}
