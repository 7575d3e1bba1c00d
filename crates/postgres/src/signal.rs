//! Tells the threads of this process that a change was committed. Costs a commit no round trip and no wait.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Counts commits that changed something for those who look on.
#[derive(Debug, Default)]
pub(crate) struct Signal {
    count: Mutex<u64>,
    moved: Condvar,
}

impl Signal {
    /// A change was committed.
    pub(crate) fn ring(&self) {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        *count = count.wrapping_add(1);
        self.moved.notify_all();
    }

    /// How often it rang.
    pub(crate) fn count(&self) -> u64 {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it rings or rang since the count was `heard`, or so long. Gives the count.
    pub(crate) fn wait(&self, heard: u64, at_most: Duration) -> u64 {
        let count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.moved.wait_timeout_while(count, at_most, |count| *count == heard);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}
