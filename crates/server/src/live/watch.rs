//! Whether the sessions of streams still hold: asked for again and again, by threads that do not wait for one another.

use super::hub::Hub;
use super::stream::Stream;
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use threadwell_application::live;
use threadwell_application::ports::Store;
use threadwell_domain::TenantId;

/// How many threads ask: a practice that takes long holds up one of them.
pub(super) const CHECKERS: usize = 2;
/// How often each practice is asked for at most.
const CHECK_EVERY: Duration = Duration::from_secs(2);
/// How long a thread takes to notice that it is to end, or that there is something to do.
const BREATH: Duration = Duration::from_millis(50);
/// How often it is looked whether streams are overdue.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The practices that are still to be asked for, shared by those who ask.
#[derive(Debug, Default)]
pub(super) struct Rounds(Mutex<Round>);

#[derive(Debug, Default)]
struct Round {
    began: Option<Instant>,
    left: VecDeque<(TenantId, Vec<Arc<Stream>>)>,
    in_hand: BTreeSet<TenantId>,
}

/// A practice that is asked for; also after a panic it is none any more.
struct InHand<'a> {
    rounds: &'a Rounds,
    tenant: TenantId,
}

impl Drop for InHand<'_> {
    fn drop(&mut self) {
        self.rounds.lock().in_hand.remove(&self.tenant);
    }
}

impl Rounds {
    fn lock(&self) -> MutexGuard<'_, Round> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next practice. One that another thread still asks for is left to that one.
    fn next(&self, hub: &Hub) -> Option<(TenantId, Vec<Arc<Stream>>)> {
        let mut round = self.lock();
        if round.left.is_empty() && round.began.is_none_or(|began| began.elapsed() >= CHECK_EVERY) {
            round.began = Some(Instant::now());
            round.left = hub.watched().into();
        }
        while let Some((tenant, streams)) = round.left.pop_front() {
            if round.in_hand.insert(tenant) {
                return Some((tenant, streams));
            }
        }
        None
    }

    /// Asks for one practice after the other until it is to end.
    pub(super) fn check(&self, hub: &Hub, store: &dyn Store, stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed) {
            match self.next(hub) {
                Some((tenant, streams)) => {
                    let in_hand = InHand { rounds: self, tenant };
                    check_practice(hub, store, tenant, &streams);
                    drop(in_hand);
                }
                None => thread::sleep(BREATH),
            }
        }
    }
}

/// What cannot be found out here is not confirmed, and its streams are closed in time.
fn check_practice(hub: &Hub, store: &dyn Store, tenant: TenantId, streams: &[Arc<Stream>]) {
    let asked_at = Instant::now();
    let watched: Vec<_> = streams.iter().map(|stream| stream.watched()).collect();
    match live::check_streams(store, tenant, &watched) {
        Ok(sights) => {
            streams.iter().zip(sights).for_each(|(stream, sight)| hub.note(stream, sight, asked_at));
        }
        Err(error) => tracing::warn!(%tenant, %error, "the sessions of streams cannot be checked"),
    }
}

/// Closes what is overdue until it is to end. Asks nobody, and so waits for nobody.
pub(super) fn close_overdue(hub: &Hub, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        hub.close_overdue();
        thread::sleep(LOOK_EVERY);
    }
}
