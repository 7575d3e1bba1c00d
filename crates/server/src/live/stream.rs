//! One open stream of this node.

use super::queue::{Closing, Item, Queue};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use threadwell_application::live::{OpenedStream, Sight, WatchedStream};
use threadwell_application::ports::{FeedPlace, Published};
use threadwell_domain::{SessionId, TenantId};
use tokio::sync::Notify;

/// How long a client may leave what it was sent unread.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a stream lives on what was found out about its session: what ended has no stream for longer than five
/// seconds, whether or not the database can be asked.
const CONFIRMED_FOR: Duration = Duration::from_millis(4_500);

/// An open stream.
#[derive(Debug)]
pub(super) struct Stream {
    tenant: TenantId,
    session: SessionId,
    address: Option<IpAddr>,
    inside: Mutex<Inside>,
    wake: Notify,
}

#[derive(Debug)]
struct Inside {
    sight: Sight,
    queue: Queue,
    read_at: Instant,
    /// When that was asked for which last said that the session holds.
    confirmed_at: Instant,
}

impl Stream {
    /// A stream whose session was asked for at a time.
    pub(super) fn new(opened: &OpenedStream, queue: Queue, asked_at: Instant) -> Self {
        let inside = Inside { sight: opened.sight, queue, read_at: Instant::now(), confirmed_at: asked_at };
        Self {
            tenant: opened.tenant,
            session: opened.session,
            address: opened.address,
            inside: Mutex::new(inside),
            wake: Notify::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) const fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub(super) const fn session(&self) -> SessionId {
        self.session
    }

    pub(super) fn sight(&self) -> Sight {
        self.lock().sight
    }

    /// As the check takes it.
    pub(super) fn watched(&self) -> WatchedStream {
        WatchedStream { session: self.session, address: self.address, sight: self.sight() }
    }

    /// Tells of a change, if it is anything to its reader.
    pub(super) fn tell(&self, change: &Published) {
        let mut inside = self.lock();
        if let Some(told) = inside.sight.tells(change) {
            inside.queue.push(Item::Told(change.place, told), change.place);
            drop(inside);
            self.wake.notify_one();
        }
    }

    pub(super) fn push(&self, item: Item, place: FeedPlace) {
        self.lock().queue.push(item, place);
        self.wake.notify_one();
    }

    pub(super) fn close(&self, why: Closing) {
        self.lock().queue.close(why);
        self.wake.notify_one();
    }

    /// The session held when it was asked for, and its reader saw this.
    pub(super) fn confirm(&self, sight: Sight, asked_at: Instant, place: FeedPlace) {
        let mut inside = self.lock();
        inside.confirmed_at = inside.confirmed_at.max(asked_at);
        if sight != inside.sight {
            inside.sight = sight;
            inside.queue.reset(place);
            drop(inside);
            self.wake.notify_one();
        }
    }

    /// Ends the stream if nobody could confirm its session for too long, or if its client has read nothing for too long.
    pub(super) fn close_if_overdue(&self) {
        let inside = self.lock();
        let (confirmed, read) = (inside.confirmed_at.elapsed(), inside.read_at.elapsed());
        drop(inside);
        if confirmed > CONFIRMED_FOR {
            self.close(Closing::Unconfirmed);
        } else if read > PATIENCE {
            self.close(Closing::TooSlow);
        }
    }

    /// What waits, and whether the stream ends.
    pub(super) fn take(&self) -> (Vec<Item>, Option<Closing>) {
        let mut inside = self.lock();
        inside.read_at = Instant::now();
        inside.queue.take()
    }

    /// Waits until something may have come.
    pub(super) async fn wait(&self) {
        self.wake.notified().await;
    }
}
