//! The worker: a thread that empties the outbox, again and again, until told to stop.

use crate::wiring::Wiring;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use threadwell_application::delivery::Worker;
use threadwell_application::ports::OutgoingMail;
use tokio::runtime::Handle;

const BREATH: Duration = Duration::from_millis(500);
const BATCH: i64 = 16;
const LEASE_MINUTES: i64 = 2;

/// A worker at work. Dropping it stops it after the jobs in hand.
#[derive(Debug)]
pub struct WorkerThread {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl WorkerThread {
    /// Starts working. Mails go out on the runtime of the caller.
    ///
    /// # Errors
    /// The thread cannot be made.
    pub fn start(wiring: Wiring, runtime: Handle) -> std::io::Result<Self> {
        let (stop, stopped) = channel();
        let work = move || {
            loop {
                run_once(&wiring, &runtime);
                match stopped.recv_timeout(BREATH) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        };
        let thread = thread::Builder::new().name("outbox".to_owned()).spawn(work)?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }

    /// Stops after the jobs in hand.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the worker ended by a panic");
        }
    }
}

impl Drop for WorkerThread {
    fn drop(&mut self) {
        self.end();
    }
}

/// Does everything that is due now.
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
