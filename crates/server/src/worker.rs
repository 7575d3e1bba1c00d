//! The worker: two threads, one for the outbox and one for files, each doing what is due, again and again, until told
//! to stop. A file that takes long holds up no mail.

use crate::wiring::Wiring;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use threadwell_application::delivery::Worker;
use threadwell_application::files::{FileWorker, Waiting, sweep_orphans};
use threadwell_application::ports::OutgoingMail;
use threadwell_domain::Moment;
use tokio::runtime::Handle;

const BREATH: Duration = Duration::from_millis(500);
const BATCH: i64 = 16;
const LEASE_MINUTES: i64 = 2;
const FILES_AT_ONCE: i64 = 4;
/// Longer than a scan of the largest file and writing the largest picture anew may take together.
const FILE_LEASE_MINUTES: i64 = 5;
const ORPHANS_EVERY_HOURS: i64 = 24;

/// A worker at work. Dropping it stops it after the jobs in hand.
#[derive(Debug)]
pub struct WorkerThread {
    threads: Vec<Repeating>,
}

/// A thread that does one thing again and again.
#[derive(Debug)]
struct Repeating {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl WorkerThread {
    /// Starts working. Mails go out on the runtime of the caller.
    ///
    /// # Errors
    /// The thread cannot be made.
    pub fn start(wiring: Wiring, runtime: Handle) -> std::io::Result<Self> {
        let (other_wiring, other_runtime) = (wiring.clone(), runtime.clone());
        let outbox = Repeating::start("outbox", move || run_once(&wiring, &runtime))?;
        let mut swept_at = None;
        let files = Repeating::start("files", move || {
            run_files_once(&other_wiring, &other_runtime);
            sweep_once(&other_wiring, &other_runtime, &mut swept_at);
        })?;
        Ok(Self { threads: vec![outbox, files] })
    }

    /// Stops after the jobs in hand.
    pub fn stop(self) {
        drop(self);
    }
}

impl Repeating {
    fn start(name: &str, mut work: impl FnMut() + Send + 'static) -> std::io::Result<Self> {
        let (stop, stopped) = channel();
        let repeat = move || {
            loop {
                work();
                match stopped.recv_timeout(BREATH) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        };
        let thread = thread::Builder::new().name(name.to_owned()).spawn(repeat)?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for WorkerThread {
    /// Tells both before it waits for either.
    fn drop(&mut self) {
        self.threads.iter_mut().for_each(|thread| drop(thread.stop.take()));
    }
}

impl Drop for Repeating {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the worker ended by a panic");
        }
    }
}

/// Does everything that is due of the outbox now.
pub fn run_once(wiring: &Wiring, runtime: &Handle) {
    let send = |mail: &OutgoingMail| runtime.block_on(wiring.notifier.send(mail));
    let worker = Worker {
        store: &*wiring.store,
        send: &send,
        links: wiring.links(),
        lease: chrono::Duration::minutes(LEASE_MINUTES),
        batch: BATCH,
    };
    match worker.run_due(wiring.clock.now()) {
        Ok(done) if done.is_empty() => {}
        Ok(done) => tracing::info!(
            notices = done.notices,
            sent = done.sent,
            retried = done.retried,
            dropped = done.dropped,
            "the outbox was worked off"
        ),
        Err(error) => tracing::error!(%error, "the outbox cannot be worked off"),
    }
}

/// Does everything that is due of files now.
pub fn run_files_once(wiring: &Wiring, runtime: &Handle) {
    let wait = |future: std::pin::Pin<Box<dyn Future<Output = ()> + Send + '_>>| runtime.block_on(future);
    let worker = FileWorker {
        store: &*wiring.store,
        files: Waiting { ports: &wiring.files, wait: &wait },
        lease: chrono::Duration::minutes(FILE_LEASE_MINUTES),
        batch: FILES_AT_ONCE,
    };
    match worker.run_due(wiring.clock.now()) {
        Ok(done) if done.is_empty() => {}
        Ok(done) => tracing::info!(
            available = done.available,
            rejected = done.rejected,
            swept = done.swept,
            put_off = done.put_off,
            "files were worked on"
        ),
        Err(error) => tracing::error!(%error, "files cannot be worked on"),
    }
}

/// Removes objects that no row names, once a day.
fn sweep_once(wiring: &Wiring, runtime: &Handle, swept_at: &mut Option<Moment>) {
    let now = wiring.clock.now();
    if swept_at.is_some_and(|at| now - at < chrono::Duration::hours(ORPHANS_EVERY_HOURS)) {
        return;
    }
    *swept_at = Some(now);
    let wait = |future: std::pin::Pin<Box<dyn Future<Output = ()> + Send + '_>>| runtime.block_on(future);
    match sweep_orphans(&*wiring.store, Waiting { ports: &wiring.files, wait: &wait }, now) {
        Ok(swept) if swept.removed == 0 => {}
        Ok(swept) => {
            tracing::warn!(seen = swept.seen, removed = swept.removed, "orphaned objects were removed")
        }
        Err(error) => tracing::error!(%error, "orphaned objects cannot be looked for"),
    }
}
