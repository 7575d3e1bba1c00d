use std::{
    ops::Range,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How the server fails. The default is to be well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct S3Faults {
    /// Nobody is let in, and open connections are cut at their next request.
    pub refuse_connections: bool,
    /// So many requests of ten are answered 500 and not carried out.
    pub failures_in_ten: u32,
    /// How long each answer is held back.
    pub delay: Duration,
    /// After so many bytes of a download the connection is cut.
    pub cut_downloads_after: Option<u64>,
    /// After so many bytes of a download nothing more comes.
    pub stall_downloads_after: Option<u64>,
    /// Which of the requests that store something, counted from now on, are carried out and then cut off instead of
    /// answered: the client cannot know.
    pub lost_acknowledgements: Range<u32>,
}

/// The faults in force, and what they have to count.
#[derive(Debug, Default)]
pub(crate) struct FaultState(Mutex<Counted>);

#[derive(Debug, Default)]
struct Counted {
    faults: S3Faults,
    requests: u32,
    stored: u32,
}

impl FaultState {
    pub(crate) fn set(&self, faults: S3Faults) {
        *self.lock() = Counted { faults, requests: 0, stored: 0 };
    }

    pub(crate) fn now(&self) -> S3Faults {
        self.lock().faults.clone()
    }

    /// Counts a request and tells whether it is one that fails. Those that do are spread evenly over each ten.
    pub(crate) fn fails_this_one(&self) -> bool {
        let mut state = self.lock();
        let rate = state.faults.failures_in_ten;
        let before = state.requests * rate / 10;
        state.requests = (state.requests + 1) % 10_000;
        state.requests * rate / 10 > before
    }

    /// Counts a request that stored something and tells whether its acknowledgement is lost.
    pub(crate) fn loses_this_one(&self) -> bool {
        let mut state = self.lock();
        let number = state.stored;
        state.stored = number.saturating_add(1);
        state.faults.lost_acknowledgements.contains(&number)
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_come_as_often_as_told() {
        let state = FaultState::default();
        for rate in 0..=10 {
            state.set(S3Faults { failures_in_ten: rate, ..S3Faults::default() });
            let failed = (0..100).filter(|_| state.fails_this_one()).count();
            assert_eq!(failed, rate as usize * 10);
        }
    }

    #[test]
    fn the_acknowledgements_that_were_told_are_lost() {
        let state = FaultState::default();
        state.set(S3Faults { lost_acknowledgements: 1..3, ..S3Faults::default() });
        assert_eq!([(); 4].map(|()| state.loses_this_one()), [false, true, true, false]);
    }
}
