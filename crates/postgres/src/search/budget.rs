//! How much one request may look at: the page ends there, though it may go on.

use std::time::{Duration, Instant};

/// How long texts are taken apart and compared for one request.
const LOOKING: Duration = Duration::from_millis(150);
/// How long one request goes on asking for further candidates.
const HUNTING: Duration = Duration::from_secs(1);
/// The same where something of each candidate is looked up, which costs by their number and not by what they bring.
const SIFTING: Duration = Duration::from_millis(25);

/// What a request has used of its share.
pub(super) struct Budget {
    begun: Instant,
    looked: Duration,
    opened: usize,
    most: usize,
    hunting: Duration,
}

impl Budget {
    /// A share in which at most so many texts are opened.
    pub(super) fn of(most: usize) -> Self {
        Self { begun: Instant::now(), looked: Duration::ZERO, opened: 0, most, hunting: HUNTING }
    }

    /// The same share, in which no further candidates are asked for much sooner.
    pub(super) fn hurried(self) -> Self {
        Self { hunting: SIFTING, ..self }
    }

    /// Looks at one text, and counts it.
    pub(super) fn look<T>(&mut self, look: impl FnOnce() -> T) -> T {
        let since = Instant::now();
        let seen = look();
        self.looked += since.elapsed();
        self.opened += 1;
        seen
    }

    /// Whether no further text is to be opened. At least one always is, so that every page leads on.
    pub(super) fn is_spent(&self) -> bool {
        self.opened >= self.most || self.looked >= LOOKING
    }

    /// Whether no further candidates are to be asked for.
    pub(super) fn is_late(&self) -> bool {
        self.begun.elapsed() >= self.hunting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_spent_by_number_or_by_time() {
        let mut budget = Budget::of(2);
        budget.look(|| ());
        assert!(!budget.is_spent());
        budget.look(|| ());
        assert!(budget.is_spent());
        let mut budget = Budget::of(usize::MAX);
        budget.look(|| std::thread::sleep(LOOKING));
        assert!(budget.is_spent() && !budget.is_late());
    }
}
