//! Requests that are held up where a test wants them.

use crate::app::TestApp;
use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use std::time::{Duration, Instant};

/// A table that nobody reads or writes until this is dropped.
pub struct HeldTable<'a> {
    app: &'a TestApp,
    /// Its transaction holds the table.
    _conn: PgConnection,
}

impl std::fmt::Debug for HeldTable<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HeldTable")
    }
}

impl TestApp {
    /// Holds a table: whoever comes to it waits.
    pub fn hold_table(&self, name: &str) -> HeldTable<'_> {
        let mut conn = self.superuser();
        conn.batch_execute(&format!("BEGIN; LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")).unwrap();
        HeldTable { app: self, _conn: conn }
    }
}

impl HeldTable<'_> {
    /// Returns when so many wait for a lock, this table's or one of somebody who waits for it; gives up after ten seconds.
    pub fn wait_for(&self, waiting: i64) {
        let waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                     AND wait_event_type = 'Lock'";
        let start = Instant::now();
        while self.app.number_of(waits) < waiting {
            assert!(start.elapsed() < Duration::from_secs(10), "nobody waits");
            std::thread::yield_now();
        }
    }
}
