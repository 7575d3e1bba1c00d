//! The search index: new messages within a second, rebuilds in small steps.

use super::repeating::Stop;
use crate::wiring::Wiring;
use threadwell_application::search::Indexer;

/// How many messages one transaction takes: few enough to leave the rows of others alone for long.
pub(crate) const BATCH: i64 = 200;

/// Does what is due of the index until nothing is, or it is told to stop.
pub(super) fn run_due(wiring: &Wiring, stop: &Stop) {
    let indexer = Indexer { store: &*wiring.store, batch: BATCH, is_stopped: &|| stop.is_set() };
    match indexer.run_due(wiring.clock.now()) {
        Ok(done) if done.new + done.rebuilt == 0 => {}
        Ok(done) => tracing::debug!(new = done.new, rebuilt = done.rebuilt, "messages were indexed"),
        Err(error) => tracing::error!(%error, "messages cannot be indexed"),
    }
}
