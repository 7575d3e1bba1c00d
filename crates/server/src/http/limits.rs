//! How much one session may ask for in a minute, so that no script drowns the others.

use super::code::Code;
use super::error::ApiError;
use super::state::HttpSettings;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use uuid::Uuid;

/// The two buckets of a session.
#[derive(Debug)]
pub(crate) struct RequestLimits {
    requests: DefaultKeyedRateLimiter<Uuid>,
    writes: DefaultKeyedRateLimiter<Uuid>,
    clock: DefaultClock,
}

impl RequestLimits {
    /// Buckets of the configured sizes.
    pub(crate) fn new(settings: &HttpSettings) -> Self {
        Self {
            requests: bucket(settings.requests_per_minute),
            writes: bucket(settings.writes_per_minute),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a request of a session.
    pub(crate) fn admit(&self, session: Uuid) -> Result<(), ApiError> {
        self.check(&self.requests, session)
    }

    /// Counts a new thread or message of a session.
    pub(crate) fn admit_write(&self, session: Uuid) -> Result<(), ApiError> {
        self.check(&self.writes, session)
    }

    /// Forgets sessions that have been quiet for long enough.
    pub(crate) fn forget_quiet(&self) {
        self.requests.retain_recent();
        self.writes.retain_recent();
    }

    fn check(&self, bucket: &DefaultKeyedRateLimiter<Uuid>, session: Uuid) -> Result<(), ApiError> {
        bucket.check_key(&session).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            ApiError::Busy { code: Code::RateLimited, retry_after: wait.as_secs().max(1) }
        })
    }
}

fn bucket(per_minute: u32) -> DefaultKeyedRateLimiter<Uuid> {
    RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN)))
}
