//! The last changes, for streams that were cut and come back.

use std::collections::VecDeque;
use threadwell_application::ports::{FeedPlace, Published};

/// How many changes are kept. A stream that was away for longer fetches everything again.
pub(super) const KEPT: usize = 20_000;

/// **Invariant:** it holds every change after its floor, in order.
#[derive(Debug)]
pub(super) struct Ring {
    changes: VecDeque<Published>,
    floor: FeedPlace,
    kept: usize,
}

impl Ring {
    /// Holds what came before a place. What was before the first of them is unknown.
    pub(super) fn new(recent: Vec<Published>, place: FeedPlace, kept: usize) -> Self {
        let floor = recent.first().map_or(place, |first| first.place);
        Self { changes: recent.into(), floor, kept }
    }

    pub(super) fn push(&mut self, change: Published) {
        self.changes.push_back(change);
        while self.changes.len() > self.kept {
            if let Some(forgotten) = self.changes.pop_front() {
                self.floor = forgotten.place;
            }
        }
    }

    /// What came after a place; `None` if some of it is forgotten.
    pub(super) fn after(&self, place: FeedPlace) -> Option<impl Iterator<Item = &Published>> {
        if place < self.floor {
            return None;
        }
        let first = self.changes.partition_point(|change| change.place <= place);
        Some(self.changes.range(first..))
    }
}
