//! What waits to be read by one stream: little, and bounded.

use std::collections::VecDeque;
use std::sync::Arc;
use threadwell_application::live::Told;
use threadwell_application::ports::{FeedPlace, Viewers};

/// How much waits at most. Whoever falls further behind fetches everything again.
pub(super) const LONGEST: usize = 512;

/// Something to be sent.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Item {
    /// What changed, and where it stands.
    Told(FeedPlace, Told),
    /// Who is at a thread.
    Present(Arc<Viewers>),
    /// Fetch everything again; nothing before the place is known.
    Reset(FeedPlace),
}

/// Why a stream ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Closing {
    /// The session does not hold any more.
    SessionEnded,
    /// The server stops.
    Shutdown,
    /// Whether the session still holds could not be found out. The client comes back, and is looked at at the door.
    Unconfirmed,
    /// The client does not read.
    TooSlow,
}

impl Closing {
    /// The name on the wire.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SessionEnded => "session_ended",
            Self::Shutdown | Self::Unconfirmed => "shutdown",
            Self::TooSlow => "too_slow",
        }
    }
}

/// What waits for a stream.
#[derive(Debug, Default)]
pub(super) struct Queue {
    items: VecDeque<Item>,
    closing: Option<Closing>,
}

impl Queue {
    /// Adds an item. If too many wait, all of them go, and the client is told to fetch everything.
    pub(super) fn push(&mut self, item: Item, place: FeedPlace) {
        if self.items.len() >= LONGEST {
            self.reset(place);
            return;
        }
        // Whoever fetches everything again needs nothing of what came before.
        if matches!(item, Item::Reset(_)) {
            self.items.clear();
        }
        self.items.push_back(item);
    }

    pub(super) fn reset(&mut self, place: FeedPlace) {
        self.items.clear();
        self.items.push_back(Item::Reset(place));
    }

    pub(super) fn close(&mut self, why: Closing) {
        self.closing.get_or_insert(why);
    }

    pub(super) fn take(&mut self) -> (Vec<Item>, Option<Closing>) {
        let taken = (self.items.drain(..).collect(), self.closing);
        // An idle stream holds no more than it needs.
        self.items.shrink_to(4);
        taken
    }
}
