//! Reads on what every node has done: rows in the order of `(xid, id)`, none before every older transaction has ended.
//!
//! A transaction that began earlier can commit later. A row counts only once its transaction is older than the oldest
//! one that still runs: nothing can come before it any more, and so nothing is skipped.

mod row;

use crate::announcer::CHANNEL;
use crate::errors::unavailable;
use crate::pools::PgSettings;
use crate::signal::Signal;
use crate::sql::Statement;
use crate::store::PgStore;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use row::{ChangeColumns, ChangeRow, SELECT, page};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use threadwell_application::ports::{Feed, FeedPage, FeedPlace};
use threadwell_application::{Error, Result};
use uuid::Uuid;

/// How many changes are read at once.
const PAGE: i64 = 1_000;
/// How often the connection is asked whether another node called.
const LISTEN_EVERY: Duration = Duration::from_millis(20);
const STATEMENT_LIMIT_MS: u32 = 10_000;

/// The feed on PostgreSQL, on a connection of its own under the worker's role.
pub struct PgFeed {
    url: String,
    signal: Arc<Signal>,
    link: Mutex<Link>,
}

#[derive(Default)]
struct Link {
    open: Option<Open>,
    heard: u64,
}

struct Open {
    conn: PgConnection,
    /// The transaction that would have begun next when the connection was made, until a place was compared with it.
    newest: Option<u64>,
}

impl std::fmt::Debug for PgFeed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PgFeed")
    }
}

impl PgFeed {
    /// Follows what a store's database holds. Connects when it is first used, and again whenever that is lost.
    pub fn new(settings: &PgSettings, store: &PgStore) -> Self {
        Self { url: settings.worker_url.clone(), signal: store.signal(), link: Mutex::default() }
    }

    /// Runs some statements; a connection on which one failed is not used again.
    fn with<T>(&self, work: impl FnOnce(&mut Open) -> Result<T>) -> Result<T> {
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        let open = match &mut link.open {
            Some(open) => open,
            None => link.open.insert(connect(&self.url)?),
        };
        let outcome = work(open);
        if outcome.is_err() {
            link.open = None;
        }
        outcome
    }
}

/// Listens before it reads: what is committed in between is heard.
fn connect(url: &str) -> Result<Open> {
    let mut conn = PgConnection::establish(url).map_err(Error::unavailable)?;
    let settings = format!(
        "SET statement_timeout = {STATEMENT_LIMIT_MS}; SET TIME ZONE 'UTC'; \
         SET application_name = 'threadwell feed'; LISTEN {CHANNEL}"
    );
    conn.batch_execute(&settings).map_err(unavailable)?;
    let (newest,) =
        Statement::<(BigInt,)>::new("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
            .get_result::<(i64,)>(&mut conn)
            .map_err(unavailable)?;
    Ok(Open { conn, newest: Some(newest.unsigned_abs()) })
}

impl Feed for PgFeed {
    fn recent(&self, limit: i64) -> Result<(FeedPage, FeedPlace)> {
        self.with(|open| {
            let (settled,) =
                Statement::<(BigInt,)>::new("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                    .get_result::<(i64,)>(&mut open.conn)
                    .map_err(unavailable)?;
            let mut rows: Vec<ChangeRow> = Statement::<ChangeColumns>::new(SELECT)
                .sql(" WHERE xid < ")
                .big_int(settled)
                .sql("::text::xid8 ORDER BY xid DESC, id DESC LIMIT ")
                .number(limit)
                .load(&mut open.conn)
                .map_err(unavailable)?;
            rows.reverse();
            let transaction = settled.unsigned_abs().saturating_sub(1);
            Ok((page(&rows, false), FeedPlace { transaction, id: Uuid::max() }))
        })
    }

    fn after(&self, place: FeedPlace) -> Result<FeedPage> {
        self.with(|open| {
            if open.newest.take().is_some_and(|newest| newest <= place.transaction) {
                return Ok(FeedPage { is_lost: true, ..FeedPage::default() });
            }
            let mut rows: Vec<ChangeRow> = Statement::<ChangeColumns>::new(SELECT)
                .sql(" WHERE (xid, id) > (")
                .big_int(place.transaction.cast_signed())
                .sql("::text::xid8, ")
                .uuid(place.id)
                .sql(") ORDER BY xid, id LIMIT ")
                .number(PAGE)
                .load(&mut open.conn)
                .map_err(unavailable)?;
            let found = rows.len();
            let settled = rows.iter().take_while(|row| row.is_settled).count();
            rows.truncate(settled);
            let has_more = settled < found || i64::try_from(found).is_ok_and(|found| found >= PAGE);
            Ok(page(&rows, has_more))
        })
    }

    fn wait(&self, at_most: Duration) -> bool {
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, heard) = (Instant::now() + at_most, link.heard);
        loop {
            if link.is_called() {
                return true;
            }
            let left = until.saturating_duration_since(Instant::now());
            link.heard = self.signal.wait(heard, left.min(LISTEN_EVERY));
            if link.heard != heard || left.is_zero() {
                return link.heard != heard;
            }
        }
    }
}

impl Link {
    /// Whether another node called. A connection that is lost is made anew by the next reading.
    fn is_called(&mut self) -> bool {
        let Some(open) = &mut self.open else { return false };
        let (mut is_called, mut is_lost) = (false, false);
        for notification in open.conn.notifications_iter() {
            is_called |= notification.is_ok();
            if let Err(error) = notification {
                tracing::warn!(%error, "the feed's connection is lost");
                is_lost = true;
                break;
            }
        }
        if is_lost {
            self.open = None;
        }
        is_called || is_lost
    }
}
