//! Files: whatever is due of them.

use super::repeating::Stop;
use crate::wiring::Wiring;
use std::future::Future;
use std::pin::Pin;
use threadwell_application::files::{FileWorker, Waiting};
use tokio::runtime::Handle;

const FILES_AT_ONCE: i64 = 4;
/// Longer than a scan of the largest file and writing the largest picture anew may take together.
const LEASE_MINUTES: i64 = 5;

/// Does what is due of files until nothing is, or it is told to stop.
pub(super) fn run_due(wiring: &Wiring, runtime: &Handle, stop: &Stop) {
    let wait = |future: Pin<Box<dyn Future<Output = ()> + Send + '_>>| runtime.block_on(future);
    let worker = FileWorker {
        store: &*wiring.store,
        clock: &*wiring.clock,
        files: Waiting { ports: &wiring.files, wait: &wait },
        is_stopped: &|| stop.is_set(),
        lease: chrono::Duration::minutes(LEASE_MINUTES),
        batch: FILES_AT_ONCE,
    };
    match worker.run_due() {
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
