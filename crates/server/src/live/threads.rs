//! The threads behind the streams.

use super::hub::{Errand, Hub};
use super::watch::{CHECKERS, Rounds, close_overdue};
use std::collections::BTreeSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use threadwell_application::live;
use threadwell_application::ports::{Feed, FeedPlace, Store};
use threadwell_domain::{SessionId, TenantId, ThreadId};

/// How long the feed is not looked at, should every wake-up be lost.
const POLL_EVERY: Duration = Duration::from_secs(1);
/// How long to wait for an older transaction that still runs: twice as long each time that it does, up to a limit.
const HELD_BACK: Duration = Duration::from_millis(10);
const HELD_BACK_AT_MOST: Duration = Duration::from_millis(200);
/// How long a session without a stream still counts as there: a stream that was cut comes back.
const GRACE: Duration = Duration::from_secs(5);
/// How long a thread takes to notice that it is to end.
const BREATH: Duration = Duration::from_millis(50);
const AFTER_FAILURE: Duration = Duration::from_millis(500);

/// The threads; dropping them ends every stream and waits for them.
#[derive(Debug)]
pub(crate) struct LiveThreads {
    hub: Arc<Hub>,
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl LiveThreads {
    /// Starts to follow.
    ///
    /// # Errors
    /// A thread cannot be made.
    pub(crate) fn start(feed: Arc<dyn Feed>, store: Arc<dyn Store>) -> io::Result<Self> {
        let (errands, for_presence) = channel();
        let hub = Arc::new(Hub::new(errands));
        let stop = Arc::new(AtomicBool::new(false));
        let mut started = Self { hub: hub.clone(), stop: stop.clone(), threads: Vec::new() };
        let (to, until) = (hub.clone(), stop.clone());
        started.spawn("feed", move || follow(&*feed, &to, &until))?;
        let (of, from, until) = (hub.clone(), store.clone(), stop.clone());
        started.spawn("presence", move || run_errands(&of, &*from, &for_presence, &until))?;
        let rounds = Arc::new(Rounds::default());
        for _ in 0..CHECKERS {
            let (of, from, until, rounds) = (hub.clone(), store.clone(), stop.clone(), rounds.clone());
            started.spawn("sessions", move || rounds.check(&of, &*from, &until))?;
        }
        started.spawn("overdue", move || close_overdue(&hub, &stop))?;
        Ok(started)
    }

    fn spawn(&mut self, name: &str, mut work: impl FnMut() + Send + 'static) -> io::Result<()> {
        let work = move || in_spite_of_panics(&mut work);
        self.threads.push(thread::Builder::new().name(name.to_owned()).spawn(work)?);
        Ok(())
    }

    /// Ends every stream and lets no more in.
    pub(crate) fn stop(&self) {
        self.hub.stop();
    }

    pub(crate) fn hub(&self) -> Arc<Hub> {
        self.hub.clone()
    }
}

impl Drop for LiveThreads {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.hub.stop();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread behind the streams ended by a panic");
            }
        }
    }
}

/// Begins anew after a panic: streams that nobody feeds or checks would go on as if nothing happened.
fn in_spite_of_panics(work: &mut impl FnMut()) {
    while catch_unwind(AssertUnwindSafe(&mut *work)).is_err() {
        tracing::error!("a thread behind the streams panicked and begins anew");
        thread::sleep(AFTER_FAILURE);
    }
}

/// Reads on for ever, through losses of the database.
fn follow(feed: &dyn Feed, hub: &Hub, stop: &AtomicBool) {
    let (mut place, mut pause) = (None::<FeedPlace>, HELD_BACK);
    while !stop.load(Ordering::Relaxed) {
        match step(feed, hub, place) {
            // Nothing that is heard meanwhile ends the waiting: it would only be held back too.
            Ok((now, true)) if now == place => {
                thread::sleep(pause);
                pause = (pause * 2).min(HELD_BACK_AT_MOST);
            }
            Ok((now, has_more)) => {
                (place, pause) = (now, HELD_BACK);
                wait(feed, if has_more { HELD_BACK } else { POLL_EVERY }, stop);
            }
            Err(error) => {
                tracing::warn!(%error, "the feed cannot be read");
                thread::sleep(AFTER_FAILURE);
            }
        }
    }
}

/// Waits until something may have come, so long at most, or until it is to end.
fn wait(feed: &dyn Feed, at_most: Duration, stop: &AtomicBool) {
    let until = Instant::now() + at_most;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || stop.load(Ordering::Relaxed) || feed.wait(left.min(BREATH)) {
            return;
        }
    }
}

/// Reads a page and tells it. Gives the place after it, none if the history is another one, and whether to go on soon.
fn step(
    feed: &dyn Feed,
    hub: &Hub,
    place: Option<FeedPlace>,
) -> threadwell_application::Result<(Option<FeedPlace>, bool)> {
    let Some(place) = place else {
        let (recent, place) = feed.recent(i64::try_from(super::ring::KEPT).unwrap_or(i64::MAX))?;
        hub.begin(recent.changes, place);
        recent.skipped.into_iter().for_each(|change| hub.skip(change));
        return Ok((Some(place), true));
    };
    let page = feed.after(place)?;
    if page.is_lost {
        tracing::warn!("the database's history is another one: every stream begins anew");
        return Ok((None, true));
    }
    hub.tell(&page.changes);
    let end = page.end().unwrap_or(place);
    page.skipped.into_iter().for_each(|change| hub.skip(change));
    Ok((Some(end), page.has_more))
}

/// What is to be found out, and when.
#[derive(Default)]
struct Errands {
    looks: BTreeSet<(TenantId, ThreadId)>,
    leaves: Vec<(Instant, TenantId, SessionId)>,
}

fn run_errands(hub: &Hub, store: &dyn Store, errands: &Receiver<Errand>, stop: &AtomicBool) {
    let mut due = Errands::default();
    while !stop.load(Ordering::Relaxed) {
        match errands.recv_timeout(BREATH) {
            Ok(first) => std::iter::once(first).chain(errands.try_iter()).for_each(|one| due.add(one)),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        due.run(hub, store);
    }
}

impl Errands {
    fn add(&mut self, errand: Errand) {
        match errand {
            Errand::Look(tenant, thread) => drop(self.looks.insert((tenant, thread))),
            Errand::Leave(tenant, session) => self.leaves.push((Instant::now() + GRACE, tenant, session)),
        }
    }

    fn run(&mut self, hub: &Hub, store: &dyn Store) {
        while let Some((tenant, _)) = self.looks.first().copied() {
            let of_tenant = |(other, _): &(TenantId, ThreadId)| *other == tenant;
            let threads: Vec<ThreadId> =
                self.looks.iter().filter(|look| of_tenant(look)).map(|(_, thread)| *thread).collect();
            self.looks.retain(|look| !of_tenant(look));
            match live::viewers_of(store, tenant, &threads) {
                Ok(all) => all.into_iter().for_each(|viewers| hub.show(tenant, &Arc::new(viewers))),
                Err(error) => tracing::warn!(%tenant, %error, "nobody can say who is present"),
            }
        }
        let now = Instant::now();
        let (due, later) = std::mem::take(&mut self.leaves).into_iter().partition(|(at, _, _)| *at <= now);
        self.leaves = later;
        let due: Vec<(Instant, TenantId, SessionId)> = due;
        for (_, tenant, session) in due.into_iter().filter(|(_, tenant, id)| !hub.has_stream(*tenant, *id)) {
            // An entry that stays lapses by itself.
            if let Err(error) = live::leave_threads(store, tenant, session) {
                tracing::warn!(%tenant, %error, "somebody who left cannot be taken out");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use threadwell_application::Result;
    use threadwell_application::ports::FeedPage;
    use uuid::Uuid;

    /// A feed that an older transaction holds back for ever, until it was read so often.
    struct Held {
        reads: AtomicUsize,
        at_most: usize,
        stop: AtomicBool,
    }

    impl Feed for Held {
        fn recent(&self, _: i64) -> Result<(FeedPage, FeedPlace)> {
            Ok((FeedPage::default(), FeedPlace { transaction: 1, id: Uuid::nil() }))
        }

        fn after(&self, _: FeedPlace) -> Result<FeedPage> {
            if self.reads.fetch_add(1, Ordering::Relaxed) + 1 == self.at_most {
                self.stop.store(true, Ordering::Relaxed);
            }
            Ok(FeedPage { has_more: true, ..FeedPage::default() })
        }

        fn wait(&self, _: Duration) -> bool {
            true
        }
    }

    #[test]
    fn what_is_held_back_is_looked_at_less_and_less_often() {
        let feed = Held { reads: AtomicUsize::new(0), at_most: 7, stop: AtomicBool::new(false) };
        let (errands, _received) = channel();
        let started = Instant::now();
        follow(&feed, &Hub::new(errands), &feed.stop);
        let least: u64 = [10, 20, 40, 80, 160, 200].iter().sum();
        assert!(started.elapsed() >= Duration::from_millis(least), "{:?}", started.elapsed());
    }

    #[test]
    fn a_thread_that_panics_begins_anew() {
        let mut times = 0;
        in_spite_of_panics(&mut || {
            times += 1;
            assert!(times > 1, "the first time");
        });
        assert_eq!(times, 2);
    }
}
