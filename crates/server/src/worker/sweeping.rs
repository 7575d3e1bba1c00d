//! Objects that no row names: looked for once a day, and never right after a start.

use super::repeating::Stop;
use crate::wiring::Wiring;
use chrono::Duration;
use std::future::Future;
use std::pin::Pin;
use threadwell_application::Result;
use threadwell_application::files::{Waiting, sweep_orphans, tidy_storage};
use threadwell_domain::Moment;
use tokio::runtime::Handle;

/// A worker that was started on the wrong database is noticed before it can remove anything.
const AFTER_START: Duration = Duration::hours(1);
const AFTER_SUCCESS: Duration = Duration::hours(24);
const AFTER_FAILURE: Duration = Duration::hours(1);

/// When the storage is looked through next.
#[derive(Debug, Default)]
pub(super) struct Sweeping {
    next: Option<Moment>,
}

impl Sweeping {
    /// Sweeps if it is time. At the start the storage is only listed, which removes nothing that is whole.
    pub(super) fn run_due(&mut self, wiring: &Wiring, runtime: &Handle, stop: &Stop) {
        // Whoever is told to stop waits for nothing more: the next worker goes on.
        let wait = |future: Pin<Box<dyn Future<Output = ()> + Send + '_>>| {
            if !stop.is_set() {
                runtime.block_on(future);
            }
        };
        let files = Waiting { ports: &wiring.files, wait: &wait };
        let now = wiring.clock.now();
        let rest = match self.next {
            None => {
                tidy(files, stop);
                AFTER_START
            }
            Some(next) if next <= now => sweep(wiring, files, stop, now),
            Some(_) => return,
        };
        self.next = Some(wiring.clock.now() + rest);
    }
}

fn tidy(files: Waiting<'_>, stop: &Stop) {
    match tidy_storage(files) {
        Err(error) if !stop.is_set() => tracing::warn!(%error, "the storage cannot be listed"),
        Ok(_) | Err(_) => {}
    }
}

/// Sweeps, and says after how long to do so again.
fn sweep(wiring: &Wiring, files: Waiting<'_>, stop: &Stop, now: Moment) -> Duration {
    let swept = sweep_orphans(&*wiring.store, files, now, false);
    match &swept {
        Ok(swept) if swept.is_refused() => tracing::error!(
            seen = swept.seen,
            orphans = swept.orphans,
            "so many objects belong to no row that nothing was removed: is this the storage of this database?"
        ),
        Ok(swept) if swept.removed == 0 => {}
        Ok(swept) => {
            tracing::warn!(seen = swept.seen, removed = swept.removed, "orphaned objects were removed");
        }
        Err(_) if stop.is_set() => {}
        Err(error) => tracing::error!(%error, "orphaned objects cannot be looked for"),
    }
    rest_after(&swept)
}

fn rest_after(swept: &Result<threadwell_application::files::Swept>) -> Duration {
    match swept {
        Ok(swept) if !swept.is_refused() => AFTER_SUCCESS,
        Ok(_) | Err(_) => AFTER_FAILURE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use threadwell_application::Error;
    use threadwell_application::files::Swept;

    #[test]
    fn only_a_sweep_that_came_to_its_end_lasts_a_day() {
        let swept = |orphans, removed| Ok(Swept { seen: 1_000, orphans, removed });
        assert_eq!(rest_after(&swept(0, 0)), AFTER_SUCCESS);
        assert_eq!(rest_after(&swept(7, 7)), AFTER_SUCCESS);
        assert_eq!(rest_after(&swept(700, 0)), AFTER_FAILURE);
        assert_eq!(rest_after(&Err(Error::unavailable("away"))), AFTER_FAILURE);
    }
}
