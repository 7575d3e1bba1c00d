//! Everybody who looks on through this node.

use super::queue::{Closing, Item, LONGEST, Queue};
use super::ring::{KEPT, Ring};
use super::stream::Stream;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use threadwell_application::live::{OpenedStream, Sight};
use threadwell_application::ports::{About, FeedPlace, Published, SkippedChange, Viewers};
use threadwell_domain::{ChangeKind, SessionId, TenantId, ThreadId};
use uuid::Uuid;

/// How many streams one person may have open. A further one ends the oldest: a stream that was cut is noticed at the
/// next beat only, and must not keep its successor out.
pub(super) const STREAMS_PER_PERSON: usize = 12;

/// How long a node may be behind another one: wake-ups can be lost, and then it looks by itself.
const CATCH_UP: Duration = Duration::from_millis(1_500);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Hands changes to whoever may see them.
#[derive(Debug)]
pub(crate) struct Hub {
    state: Mutex<State>,
    /// Work for the thread that looks up who is present.
    errands: std::sync::mpsc::Sender<Errand>,
}

#[derive(Debug)]
struct State {
    ring: Ring,
    place: FeedPlace,
    practices: HashMap<TenantId, Vec<Arc<Stream>>>,
    /// Where the last change of a practice stands that was not understood: nobody resumes from before it.
    skipped: HashMap<TenantId, FeedPlace>,
    is_stopping: bool,
}

/// Something to be found out about presence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Errand {
    /// Who is at a thread now.
    Look(TenantId, ThreadId),
    /// A session's last stream here has gone.
    Leave(TenantId, SessionId),
}

/// A stream's end in the hub. Dropping it takes the stream out.
#[derive(Debug)]
pub(crate) struct Subscription {
    hub: Arc<Hub>,
    stream: Arc<Stream>,
}

/// Whether a stream was let in.
#[derive(Debug)]
pub(crate) enum Joined {
    /// It was; from here on it misses nothing.
    In {
        /// Its end.
        subscription: Subscription,
        /// Whether it goes on where it was cut.
        is_resumed: bool,
        /// The place that it is at.
        place: FeedPlace,
    },
    /// The server stops.
    Stopping,
}

impl Hub {
    /// A hub that nobody looks on through yet.
    pub(super) fn new(errands: std::sync::mpsc::Sender<Errand>) -> Self {
        let place = FeedPlace { transaction: 0, id: Uuid::nil() };
        let state = State {
            ring: Ring::new(Vec::new(), place, KEPT),
            place,
            practices: HashMap::new(),
            skipped: HashMap::new(),
            is_stopping: false,
        };
        Self { state: Mutex::new(state), errands }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a stream in, with what it missed if it says where it was. Its session was asked for at a time.
    pub(crate) fn join(
        self: &Arc<Self>,
        opened: OpenedStream,
        asked_at: Instant,
        was_at: Option<FeedPlace>,
    ) -> Joined {
        let mut state = self.lock();
        if state.is_stopping {
            return Joined::Stopping;
        }
        let place = state.place;
        let missed = was_at.and_then(|was_at| state.missed(&opened, was_at));
        let streams = state.practices.entry(opened.tenant).or_default();
        make_room(streams, &opened.sight);
        let mut queue = Queue::default();
        let is_resumed = missed.is_some();
        missed.into_iter().flatten().for_each(|item| queue.push(item, place));
        let stream = Arc::new(Stream::new(&opened, queue, asked_at));
        streams.push(stream.clone());
        Joined::In { subscription: Subscription { hub: self.clone(), stream }, is_resumed, place }
    }

    /// Waits a little until this node has come as far as another one was when it was left.
    pub(crate) async fn catch_up(&self, was_at: FeedPlace) {
        let until = Instant::now() + CATCH_UP;
        while self.lock().place < was_at && Instant::now() < until {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Begins anew: whoever looks on fetches everything again.
    pub(super) fn begin(&self, recent: Vec<Published>, place: FeedPlace) {
        let mut state = self.lock();
        state.ring = Ring::new(recent, place, KEPT);
        state.place = place;
        state.all().for_each(|stream| stream.push(Item::Reset(place), place));
    }

    /// Tells everybody of what they may see.
    pub(super) fn tell(&self, changes: &[Published]) {
        let mut state = self.lock();
        for change in changes {
            state.place = change.place;
            state.ring.push(*change);
            let Some(streams) = state.practices.get(&change.tenant) else { continue };
            match change.about {
                About::Session(session) => {
                    streams.iter().filter(|stream| stream.session() == session).for_each(|stream| {
                        stream.close(Closing::SessionEnded);
                    });
                }
                About::Thread { thread, .. } if change.kind == ChangeKind::Presence => {
                    // Nobody is left to look it up only while the process ends.
                    let _ = self.errands.send(Errand::Look(change.tenant, thread));
                }
                About::Thread { .. } | About::Notification { .. } | About::Practice => {
                    streams.iter().for_each(|stream| stream.tell(change));
                }
            }
        }
    }

    /// Goes past a change that is not understood: whoever of its practice looks on fetches everything again.
    pub(super) fn skip(&self, change: SkippedChange) {
        let mut state = self.lock();
        state.place = state.place.max(change.place);
        state.skipped.insert(change.tenant, change.place);
        let place = state.place;
        for stream in state.practices.get(&change.tenant).into_iter().flatten() {
            stream.push(Item::Reset(place), place);
        }
    }

    /// Shows those who see a thread who is there.
    pub(super) fn show(&self, tenant: TenantId, viewers: &Arc<Viewers>) {
        let state = self.lock();
        for stream in state.practices.get(&tenant).into_iter().flatten() {
            let may_know = match stream.sight() {
                Sight::Staff { categories, .. } => categories.contains(viewers.category),
                Sight::Portal { .. } => false,
            };
            if may_know {
                stream.push(Item::Present(viewers.clone()), state.place);
            }
        }
    }

    /// The streams of each practice, to be looked at.
    pub(super) fn watched(&self) -> Vec<(TenantId, Vec<Arc<Stream>>)> {
        let state = self.lock();
        state.practices.iter().map(|(tenant, streams)| (*tenant, streams.clone())).collect()
    }

    /// Notes what a stream may tell, as it was when it was asked for. Whoever sees something else than before fetches
    /// everything again.
    pub(super) fn note(&self, stream: &Stream, sight: Option<Sight>, asked_at: Instant) {
        let place = self.lock().place;
        match sight {
            None => stream.close(Closing::SessionEnded),
            Some(sight) => stream.confirm(sight, asked_at, place),
        }
    }

    /// Closes the streams whose sessions nobody could confirm for too long, and those that nobody reads.
    pub(super) fn close_overdue(&self) {
        self.lock().all().for_each(|stream| stream.close_if_overdue());
    }

    /// Whether a session has a stream here.
    pub(super) fn has_stream(&self, tenant: TenantId, session: SessionId) -> bool {
        let state = self.lock();
        state.practices.get(&tenant).into_iter().flatten().any(|stream| stream.session() == session)
    }

    /// Ends every stream and lets no more in.
    pub(crate) fn stop(&self) {
        let mut state = self.lock();
        state.is_stopping = true;
        state.all().for_each(|stream| stream.close(Closing::Shutdown));
    }

    fn leave(&self, left: &Arc<Stream>) {
        let mut state = self.lock();
        let Some(streams) = state.practices.get_mut(&left.tenant()) else { return };
        streams.retain(|stream| !Arc::ptr_eq(stream, left));
        let is_last = streams.iter().all(|stream| stream.session() != left.session());
        if streams.is_empty() {
            state.practices.remove(&left.tenant());
        }
        if is_last && matches!(left.sight(), Sight::Staff { .. }) {
            let _ = self.errands.send(Errand::Leave(left.tenant(), left.session()));
        }
    }
}

impl State {
    fn all(&self) -> impl Iterator<Item = &Arc<Stream>> {
        self.practices.values().flatten()
    }

    /// What a stream missed since it was at a place; `None` where that is not known, or too much.
    fn missed(&self, opened: &OpenedStream, was_at: FeedPlace) -> Option<Vec<Item>> {
        if self.skipped.get(&opened.tenant).is_some_and(|skipped| was_at < *skipped) {
            return None;
        }
        // A place that was not reached within the time to catch up is of another history.
        let known = (was_at <= self.place).then(|| self.ring.after(was_at)).flatten()?;
        let own = known.filter(|change| change.tenant == opened.tenant);
        let told = own.filter_map(|change| Some(Item::Told(change.place, opened.sight.tells(change)?)));
        let missed: Vec<Item> = told.take(LONGEST).collect();
        (missed.len() < LONGEST).then_some(missed)
    }
}

/// Ends the oldest streams of a person who has as many as may be.
fn make_room(streams: &mut Vec<Arc<Stream>>, sight: &Sight) {
    let is_own = |stream: &Arc<Stream>| is_same_person(&stream.sight(), sight);
    let excess =
        (streams.iter().filter(|stream| is_own(stream)).count() + 1).saturating_sub(STREAMS_PER_PERSON);
    let oldest: Vec<_> = streams.iter().filter(|stream| is_own(stream)).take(excess).cloned().collect();
    for stream in oldest {
        stream.close(Closing::TooSlow);
        streams.retain(|other| !Arc::ptr_eq(other, &stream));
    }
}

fn is_same_person(one: &Sight, other: &Sight) -> bool {
    match (one, other) {
        (Sight::Staff { staff, .. }, Sight::Staff { staff: other, .. }) => staff == other,
        (Sight::Portal { account, .. }, Sight::Portal { account: other, .. }) => account == other,
        (Sight::Staff { .. }, Sight::Portal { .. }) | (Sight::Portal { .. }, Sight::Staff { .. }) => false,
    }
}

impl Subscription {
    /// What waits, and whether the stream ends.
    pub(crate) fn take(&self) -> (Vec<Item>, Option<Closing>) {
        self.stream.take()
    }

    /// Waits until something may have come.
    pub(crate) async fn wait(&self) {
        self.stream.wait().await;
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.hub.leave(&self.stream);
    }
}
