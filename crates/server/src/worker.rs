//! The worker: one thread for the outbox, one for files, one for the search index, one that looks for orphaned objects,
//! one that removes what has expired; each does what is due,
//! again and again, until told to stop. A file that takes long holds up no mail, and a long list no file.

mod expiring;
mod files;
mod repeating;
mod searching;
mod sweeping;

use crate::wiring::Wiring;
use expiring::Expiring;
use repeating::{Repeating, Stop};
use sweeping::Sweeping;
use threadwell_application::Error;
use threadwell_application::access::Caller;
use threadwell_application::delivery::Worker;
use threadwell_application::ports::OutgoingMail;
use tokio::runtime::Handle;

const BATCH: i64 = 16;
const LEASE_MINUTES: i64 = 2;

/// A worker at work. Dropping it stops it after the jobs in hand.
#[derive(Debug)]
pub struct WorkerThread {
    stop: Stop,
    threads: Vec<Repeating>,
}

impl WorkerThread {
    /// Starts working. Mails go out on the runtime of the caller.
    ///
    /// # Errors
    /// A thread cannot be made.
    pub fn start(wiring: Wiring, runtime: Handle) -> std::io::Result<Self> {
        let stop = Stop::default();
        let mut started = Self { stop: stop.clone(), threads: Vec::new() };
        let (of, on) = (wiring.clone(), runtime.clone());
        started.threads.push(Repeating::start("outbox", move || run_once(&of, &on))?);
        let (of, on, until) = (wiring.clone(), runtime.clone(), stop.clone());
        started.threads.push(Repeating::start("files", move || files::run_due(&of, &on, &until))?);
        let (of, mut expiring) = (wiring.clone(), Expiring::default());
        started.threads.push(Repeating::start("expired", move || expiring.run_due(&of))?);
        let (of, until) = (wiring.clone(), stop.clone());
        started.threads.push(Repeating::start("search", move || searching::run_due(&of, &until))?);
        let mut sweeping = Sweeping::default();
        let sweep = move || sweeping.run_due(&wiring, &runtime, &stop);
        started.threads.push(Repeating::start("orphans", sweep)?);
        Ok(started)
    }

    /// Stops after the jobs in hand.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for WorkerThread {
    /// Tells all before it waits for any.
    fn drop(&mut self) {
        self.stop.set();
        self.threads.iter_mut().for_each(Repeating::tell);
    }
}

/// Does everything that is due of the outbox now.
pub fn run_once(wiring: &Wiring, runtime: &Handle) {
    let send = |mail: &OutgoingMail| runtime.block_on(wiring.notifier.send(mail));
    let secrets = |caller: &Caller, mail, link| {
        let tenant = caller.tenant().ok_or_else(|| Error::unavailable("a mail of no practice"))?;
        wiring.keys.mail_secret(tenant, mail, link).map_err(Error::unavailable)
    };
    let worker = Worker {
        secrets: &secrets,
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
