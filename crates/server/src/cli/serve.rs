//! `threadwell serve`

use super::{Failure, runtime};
use crate::config::Config;
use crate::http::{self, Metrics};
use crate::logging;
use crate::wiring::Wiring;
use crate::worker::WorkerThread;
use clap::Args;
use std::net::TcpListener;
use std::sync::Arc;
use threadwell_postgres::Announcer;
use tokio::signal::unix::{SignalKind, signal};

/// Serves the API and both apps.
#[derive(Args)]
pub(super) struct Serve {
    /// Works the outbox off as well: all that one machine needs.
    #[arg(long)]
    with_worker: bool,
}

impl Serve {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let config = Config::from_environment()?;
        logging::start(&config.log_level);
        let wiring = Wiring::new(config)?;
        wiring.check()?;
        let runtime = runtime()?;
        let worker = match self.with_worker {
            true => Some(WorkerThread::start(wiring.clone(), runtime.handle().clone())?),
            false => None,
        };
        let listener = TcpListener::bind(wiring.config.http.listen)?;
        let served = runtime.block_on(serve_until_told(&wiring, listener, || ()));
        drop(worker);
        served
    }
}

/// Serves until a signal comes, then lets requests under way finish. `ready` is called once it listens.
pub(super) async fn serve_until_told(
    wiring: &Wiring,
    listener: TcpListener,
    ready: impl FnOnce(),
) -> Result<(), Failure> {
    let _announcer = Announcer::start(&wiring.config.database.settings(), &wiring.store)?;
    let metrics = Arc::new(Metrics::new().map_err(crate::wiring::Refusal::from)?);
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let mut running = http::start(wiring.parts(), metrics, listener, wiring.config.http.threads)?;
    tracing::info!(address = %running.address, "serving");
    ready();
    tokio::select! {
        ended = running.ended() => return Ok(ended?),
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    Ok(running.stop().await?)
}
