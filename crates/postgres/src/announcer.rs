//! Wakes the other nodes: at most one NOTIFY in fifty milliseconds, on a connection of its own.
//!
//! NOTIFY takes a lock over the whole database until its commit is on disk. In a write's own transaction it would let
//! one write of the whole installation commit at a time.

use crate::pools::PgSettings;
use crate::signal::Signal;
use crate::store::PgStore;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use threadwell_crypto::random;

/// What nodes listen to.
pub(crate) const CHANNEL: &str = "threadwell_changes";
const AT_MOST_EVERY: Duration = Duration::from_millis(50);
const LOOK_UP_EVERY: Duration = Duration::from_millis(500);
/// Random bytes of a payload: sixteen signs that say nothing.
const TOKEN_BYTES: usize = 12;

/// A thread that tells the other nodes of this node's changes. Dropping it ends it.
#[derive(Debug)]
pub struct Announcer {
    stop: Arc<AtomicBool>,
    signal: Arc<Signal>,
    thread: Option<JoinHandle<()>>,
}

impl Announcer {
    /// Starts it. It connects when there is something to tell.
    ///
    /// # Errors
    /// A thread cannot be made.
    pub fn start(settings: &PgSettings, store: &PgStore) -> std::io::Result<Self> {
        let (stop, signal) = (Arc::new(AtomicBool::new(false)), store.signal());
        let (url, stopped, rung) = (settings.worker_url.clone(), stop.clone(), signal.clone());
        let announce = move || run(&url, &rung, &stopped);
        let thread = thread::Builder::new().name("announcer".to_owned()).spawn(announce)?;
        Ok(Self { stop, signal, thread: Some(thread) })
    }
}

impl Drop for Announcer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.signal.ring();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the announcer ended by a panic");
        }
    }
}

fn run(url: &str, signal: &Signal, stop: &AtomicBool) {
    let mut conn = None;
    let mut heard = signal.count();
    while !stop.load(Ordering::Relaxed) {
        let count = signal.wait(heard, LOOK_UP_EVERY);
        if count == heard || stop.load(Ordering::Relaxed) {
            continue;
        }
        heard = count;
        if let Err(error) = announce(url, &mut conn) {
            // The other nodes look by themselves every second.
            tracing::warn!(%error, "the other nodes cannot be woken");
            conn = None;
        }
        thread::sleep(AT_MOST_EVERY);
    }
}

fn announce(
    url: &str,
    conn: &mut Option<PgConnection>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let token = URL_SAFE_NO_PAD.encode(*random::bytes::<TOKEN_BYTES>()?);
    let open = match conn {
        Some(open) => open,
        None => conn.insert(PgConnection::establish(url)?),
    };
    Ok(open.batch_execute(&format!("NOTIFY {CHANNEL}, '{token}'"))?)
}
