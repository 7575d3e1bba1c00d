//! How much one person may ask for in a minute, so that no script drowns the others. Signing in again, or on several
//! devices, gives nobody more.

use super::code::Code;
use super::error::ApiError;
use super::state::HttpSettings;
use governor::clock::{Clock as _, DefaultClock, QuantaInstant};
use governor::{DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter};
use std::num::NonZeroU32;
use threadwell_domain::TenantId;
use uuid::Uuid;

/// A member of a practice: a staff member or an account.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Person {
    /// The practice.
    pub(crate) tenant: TenantId,
    /// The staff member's or account's id.
    pub(crate) id: Uuid,
}

/// The buckets of a person.
#[derive(Debug)]
pub(crate) struct RequestLimits {
    requests: DefaultKeyedRateLimiter<Person>,
    writes: DefaultKeyedRateLimiter<Person>,
    uploads: DefaultKeyedRateLimiter<Person>,
    searches: DefaultKeyedRateLimiter<Person>,
    most_writes: NonZeroU32,
    clock: DefaultClock,
}

impl RequestLimits {
    /// Buckets of the configured sizes.
    pub(crate) fn new(settings: &HttpSettings) -> Self {
        Self {
            requests: bucket(settings.requests_per_minute),
            writes: bucket(settings.writes_per_minute),
            uploads: bucket(settings.writes_per_minute),
            searches: bucket(settings.searches_per_minute),
            most_writes: at_least_one(settings.writes_per_minute),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a request of a person.
    pub(crate) fn admit(&self, person: Person) -> Result<(), ApiError> {
        self.check(&self.requests, person)
    }

    /// Counts a new thread or message of a person.
    pub(crate) fn admit_write(&self, person: Person) -> Result<(), ApiError> {
        self.check(&self.writes, person)
    }

    /// Counts an act on many threads as some writes, or as all that the bucket holds.
    pub(crate) fn admit_writes(&self, person: Person, writes: u32) -> Result<(), ApiError> {
        let writes = writes.min(self.most_writes.get());
        let cells = NonZeroU32::new(writes).unwrap_or(NonZeroU32::MIN);
        // More than it holds is never asked of it.
        self.writes.check_key_n(&person, cells).unwrap_or(Ok(())).map_err(|not_until| self.busy(&not_until))
    }

    /// Counts writes that are known only afterwards: as many as the bucket still has.
    pub(crate) fn spend_writes(&self, person: Person, writes: u32) {
        let _ = (0..writes).try_for_each(|_| self.writes.check_key(&person).map(drop));
    }

    /// Counts a file of a person: files never use up what the message needs that takes them along.
    pub(crate) fn admit_upload(&self, person: Person) -> Result<(), ApiError> {
        self.check(&self.uploads, person)
    }

    /// Counts a search of a person: each may open many texts.
    pub(crate) fn admit_search(&self, person: Person) -> Result<(), ApiError> {
        self.check(&self.searches, person)
    }

    /// Forgets people who have been quiet for long enough.
    pub(crate) fn forget_quiet(&self) {
        self.requests.retain_recent();
        self.writes.retain_recent();
        self.uploads.retain_recent();
        self.searches.retain_recent();
    }

    fn check(&self, bucket: &DefaultKeyedRateLimiter<Person>, person: Person) -> Result<(), ApiError> {
        bucket.check_key(&person).map_err(|not_until| self.busy(&not_until))
    }

    fn busy(&self, not_until: &NotUntil<QuantaInstant>) -> ApiError {
        let wait = not_until.wait_time_from(self.clock.now());
        ApiError::Busy { code: Code::RateLimited, retry_after: wait.as_secs().max(1) }
    }
}

fn bucket(per_minute: u32) -> DefaultKeyedRateLimiter<Person> {
    RateLimiter::keyed(Quota::per_minute(at_least_one(per_minute)))
}

const fn at_least_one(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_bucket_of_their_own() {
        let bucket = bucket(2);
        let [ana, ben] =
            [1, 2].map(|id| Person { tenant: TenantId::new(Uuid::nil()), id: Uuid::from_u128(id) });
        let elsewhere = Person { tenant: TenantId::new(Uuid::max()), ..ana };
        let admitted = [ana, ana, ana, ben, elsewhere].map(|person| bucket.check_key(&person).is_ok());
        assert_eq!(admitted, [true, true, false, true, true]);
    }
}
