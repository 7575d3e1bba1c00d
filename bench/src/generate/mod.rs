//! Fills a migrated database: practices through the store, the mass of rows by COPY with real encryption.

mod conversations;
mod people;
mod rows;
mod words;

use crate::Outcome;
use crate::ids::{Kind, id};
use crate::keys::{BenchKeys, PracticeKeys};
use crate::size::Sizes;
use crate::sql;
use std::sync::Arc;
use std::time::Instant;
use threadwell_application::ports::{Clock, SystemClock};
use threadwell_application::search::Indexer;
use threadwell_postgres::{PgSettings, PgStore};

/// How a generator reaches the database.
pub(crate) struct Access<'a> {
    /// As superuser, for COPY past row level security.
    pub(crate) superuser_url: &'a str,
    /// As every role that the store needs.
    pub(crate) settings: &'a PgSettings,
    /// The root key.
    pub(crate) keys: &'a Arc<BenchKeys>,
}

/// Fills the database and leaves it vacuumed and analysed; the search index, which takes longest, where it is needed.
///
/// # Errors
/// The database refuses something.
pub(crate) fn fill(access: &Access<'_>, sizes: &Sizes, is_searched: bool) -> Outcome<()> {
    let keys = Arc::clone(access.keys);
    let store = PgStore::connect(access.settings, keys, Arc::new(SystemClock));
    let practices = sizes.practices();
    let began = Instant::now();
    for practice in &practices {
        people::found(&store, practice)?;
    }
    for practice in &practices {
        let keys = PracticeKeys::load(access.superuser_url, access.keys, practice.number)?;
        let url = access.superuser_url;
        std::thread::scope(|scope| {
            let messages = scope.spawn(|| conversations::messages(url, practice, &keys));
            people::patients(url, practice, &keys)?;
            conversations::threads(url, practice, &keys)?;
            messages.join().map_err(|_| "the generator of messages panicked")?
        })?;
    }
    crate::say(&format!("data written in {:.0} s", began.elapsed().as_secs_f64()));
    check(access.superuser_url)?;
    if is_searched {
        index(&store, access.superuser_url)?;
    }
    sql::run(access.superuser_url, "VACUUM (FREEZE, ANALYZE)")?;
    sql::run(access.superuser_url, "CHECKPOINT")?;
    crate::say(&format!("data ready in {:.0} s", began.elapsed().as_secs_f64()));
    Ok(())
}

/// Has the product's own rebuild fill the search index and its vocabulary.
fn index(store: &PgStore, url: &str) -> Outcome<()> {
    let began = Instant::now();
    sql::run(
        url,
        "UPDATE search_index SET is_complete = false, patients_up_to = NULL; UPDATE work_due SET due_at = now()",
    )?;
    let indexer = Indexer { store, batch: 500, is_stopped: &|| false };
    let done = indexer.run_due(SystemClock.now())?;
    let seconds = began.elapsed().as_secs_f64();
    let rate = done.rebuilt as f64 / seconds;
    crate::say(&format!("{} rows indexed in {seconds:.0} s ({rate:.0} a second, one worker)", done.rebuilt));
    Ok(())
}

/// Proves what COPY did not look at: every message has its thread, every thread its patient and counts that are true.
fn check(url: &str) -> Outcome<()> {
    let orphans = "SELECT
        (SELECT count(*) FROM message m LEFT JOIN thread t
            ON t.tenant_id = m.tenant_id AND t.id = m.thread_id AND t.patient_id = m.patient_id
            WHERE t.id IS NULL),
        (SELECT count(*) FROM thread t LEFT JOIN patient p ON p.tenant_id = t.tenant_id AND p.id = t.patient_id
            WHERE p.id IS NULL),
        (SELECT count(*) FROM thread t LEFT JOIN (SELECT tenant_id, thread_id, max(seq) AS last,
            count(*) FILTER (WHERE NOT is_internal) AS public FROM message GROUP BY 1, 2) m
            ON m.tenant_id = t.tenant_id AND m.thread_id = t.id
            WHERE m.last IS DISTINCT FROM t.last_seq OR m.public IS DISTINCT FROM t.message_count)";
    let found = sql::run(url, orphans)?;
    if found.trim() == "0|0|0" {
        Ok(())
    } else {
        Err(format!("the data does not hold together: {found}").into())
    }
}

pub(crate) use people::SIGNED_IN;
pub(crate) use words::ranked;

/// The id of a practice.
pub(crate) fn tenant(practice: u64) -> uuid::Uuid {
    id(Kind::Tenant, practice, 0)
}
