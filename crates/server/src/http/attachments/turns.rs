//! Whose file is looked into next. Looking takes a process of its own and up to a whole core: no flood of uploads may
//! start them all, and no person may have more than one at once.

use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::limits::Person;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

const AT_ONCE: usize = 4;
const WAIT_LIMIT: Duration = Duration::from_secs(20);
const RETRY_AFTER_SECONDS: u64 = 5;

/// Gives turns at looking into files.
#[derive(Debug)]
pub(crate) struct Turns {
    all: Arc<Semaphore>,
    people: Mutex<HashMap<Person, Arc<Semaphore>>>,
    wait_limit: Duration,
}

/// A turn, until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _own: OwnedSemaphorePermit,
    _shared: OwnedSemaphorePermit,
}

impl Default for Turns {
    fn default() -> Self {
        Self::new(AT_ONCE, WAIT_LIMIT)
    }
}

impl Turns {
    fn new(at_once: usize, wait_limit: Duration) -> Self {
        Self { all: Arc::new(Semaphore::new(at_once)), people: Mutex::default(), wait_limit }
    }

    /// Waits for a turn of a person.
    ///
    /// # Errors
    /// It takes too long: too many others wait, or too many files of the same person.
    pub(crate) async fn wait(&self, person: Person) -> ApiResult<Turn> {
        match timeout(self.wait_limit, self.take(self.queue_of(person))).await {
            Ok(turn) => turn.map_err(|_| Code::InternalError.into()),
            Err(_) => {
                Err(ApiError::Busy { code: Code::DependencyUnavailable, retry_after: RETRY_AFTER_SECONDS })
            }
        }
    }

    async fn take(&self, queue: Arc<Semaphore>) -> Result<Turn, AcquireError> {
        // First one's own: whoever waits for that takes up no place of the others.
        let own = queue.acquire_owned().await?;
        Ok(Turn { _own: own, _shared: self.all.clone().acquire_owned().await? })
    }

    fn queue_of(&self, person: Person) -> Arc<Semaphore> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever has a turn or waits for one holds the queue; nobody else is remembered.
        people.retain(|_, queue| Arc::strong_count(queue) > 1);
        people.entry(person).or_insert_with(|| Arc::new(Semaphore::new(1))).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use threadwell_domain::TenantId;
    use uuid::Uuid;

    fn person(id: u128) -> Person {
        Person { tenant: TenantId::new(Uuid::nil()), id: Uuid::from_u128(id) }
    }

    #[actix_web::test]
    async fn a_person_has_one_turn_at_a_time_and_nobody_waits_for_ever() {
        let turns = Turns::new(2, Duration::from_millis(50));
        let first = turns.wait(person(1)).await.unwrap();
        let busy = turns.wait(person(1)).await.unwrap_err();
        assert_eq!((busy.code(), busy.retry_after()), (Code::DependencyUnavailable, Some(5)));
        let second = turns.wait(person(2)).await.unwrap();
        assert!(turns.wait(person(3)).await.is_err(), "two at once are enough");
        drop(first);
        let third = turns.wait(person(3)).await.unwrap();
        drop((second, third));
        turns.wait(person(1)).await.unwrap();
        assert_eq!(turns.people.lock().unwrap().len(), 1, "who is done is forgotten");
    }
}
