//! `threadwell work`

use super::{Failure, runtime};
use crate::config::Config;
use crate::logging;
use crate::wiring::Wiring;
use crate::worker::WorkerThread;
use threadwell_postgres::Announcer;
use tokio::signal::unix::{SignalKind, signal};

pub(super) fn run() -> Result<(), Failure> {
    let config = Config::from_environment()?;
    logging::start(&config.log_level);
    let wiring = Wiring::new(config)?;
    wiring.check()?;
    let runtime = runtime()?;
    let _announcer = Announcer::start(&wiring.config.database.settings(), &wiring.store)?;
    let worker = WorkerThread::start(wiring, runtime.handle().clone())?;
    tracing::info!("working");
    runtime.block_on(async {
        let (mut interrupt, mut terminate) =
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok::<_, std::io::Error>(())
    })?;
    tracing::info!("stopping");
    worker.stop();
    Ok(())
}
