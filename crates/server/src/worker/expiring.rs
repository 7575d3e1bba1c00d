//! What has had its day: removed once an hour, where the worker was given the role that may.

use crate::wiring::Wiring;
use chrono::Duration;
use threadwell_domain::Moment;
use threadwell_postgres::remove_expired;

const EVERY: Duration = Duration::hours(1);
const AFTER_FAILURE: Duration = Duration::minutes(5);

/// When it is removed next.
#[derive(Debug, Default)]
pub(super) struct Expiring {
    next: Option<Moment>,
    is_warned: bool,
}

impl Expiring {
    /// Removes it if it is time.
    pub(super) fn run_due(&mut self, wiring: &Wiring) {
        let database = &wiring.config.database;
        let Some(url) = &database.retention_url else {
            if !std::mem::replace(&mut self.is_warned, true) {
                tracing::warn!("no retention address is configured: what has expired is kept");
            }
            return;
        };
        let now = wiring.clock.now();
        if self.next.is_some_and(|next| now < next) {
            return;
        }
        let rest = match remove_expired(url.expose(), &database.settings()) {
            Ok(removed) => {
                tracing::info!(removed, "what had expired was removed");
                EVERY
            }
            Err(error) => {
                tracing::error!(%error, "what has expired cannot be removed");
                AFTER_FAILURE
            }
        };
        self.next = Some(now + rest);
    }
}
