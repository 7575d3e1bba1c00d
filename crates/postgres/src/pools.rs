//! Connections, one pool for each role, private to the store.

use crate::closing::PREPARE;
use crate::errors::unavailable;
use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error as PoolError, Pool, PooledConnection};
use std::fmt;
use std::time::Duration;
use threadwell_application::access::{Access, Action, Audience, Credential};
use threadwell_application::{Error, Result};

/// Connections for watching over streams: one for each of the threads that do, so that none waits for another.
const WATCHERS: u32 = 3;
/// How long such a thread waits for the database. Streams that cannot be confirmed in time are closed.
const WATCH_TIMEOUT: Duration = Duration::from_secs(1);

/// How the store reaches PostgreSQL. The addresses hold passwords, so `Debug` prints none of them.
#[derive(Clone)]
pub struct PgSettings {
    /// As `threadwell_staff`.
    pub staff_url: String,
    /// As `threadwell_portal`.
    pub portal_url: String,
    /// As `threadwell_worker`.
    pub worker_url: String,
    /// As `threadwell_owner`, for the command line alone.
    pub owner_url: Option<String>,
    /// Connections of the staff's and of the portal's pool each; two to four per core do best.
    pub pool_size: u32,
    /// How long a request waits for a connection.
    pub acquire_timeout: Duration,
    /// How long one statement may take.
    pub statement_timeout: Duration,
    /// How long a statement may wait for another's lock.
    pub lock_timeout: Duration,
    /// Plans every statement once. Best on plain PostgreSQL; must be off on Citus.
    pub force_generic_plan: bool,
    /// Awaits the disk for the audit rows of reads too.
    pub strict_read_audit: bool,
}

impl PgSettings {
    /// Everything but the addresses as most sites want it.
    pub fn new(staff_url: String, portal_url: String, worker_url: String) -> Self {
        Self {
            staff_url,
            portal_url,
            worker_url,
            owner_url: None,
            pool_size: 8,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(10),
            lock_timeout: Duration::from_secs(5),
            force_generic_plan: true,
            strict_read_audit: false,
        }
    }
}

impl fmt::Debug for PgSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PgSettings")
            .field("pool_size", &self.pool_size)
            .field("force_generic_plan", &self.force_generic_plan)
            .field("strict_read_audit", &self.strict_read_audit)
            .finish_non_exhaustive()
    }
}

/// A connection on loan.
pub(crate) type Connection = PooledConnection<ConnectionManager<PgConnection>>;
type PgPool = Pool<ConnectionManager<PgConnection>>;

/// The pools.
#[derive(Debug)]
pub(crate) struct Pools {
    staff: PgPool,
    portal: PgPool,
    worker: PgPool,
    /// For whoever watches over open streams, so that no long work holds up the end of one.
    watch: PgPool,
    owner: Option<PgPool>,
}

impl Pools {
    /// Prepares the pools; connections are made as they are needed.
    pub(crate) fn new(settings: &PgSettings) -> Self {
        let small = settings.pool_size.min(2);
        Self {
            staff: pool(settings, &settings.staff_url, settings.pool_size),
            portal: pool(settings, &settings.portal_url, settings.pool_size),
            worker: pool(settings, &settings.worker_url, small),
            watch: pool(&watchful(settings), &settings.worker_url, WATCHERS),
            owner: settings.owner_url.as_deref().map(|url| pool(settings, url, small)),
        }
    }

    /// A connection under the role that serves such a caller.
    ///
    /// # Errors
    /// None became free in time, the database does not answer, or this process has no owner's address.
    pub(crate) fn lend(&self, access: &Access<'_>) -> Result<Connection> {
        let pool = match &access.caller.credential {
            Credential::Staff(_) | Credential::Visitor { audience: Audience::Staff, .. } => &self.staff,
            Credential::Portal(_) | Credential::Visitor { audience: Audience::Portal, .. } => &self.portal,
            Credential::Worker(_) if access.action == Action::WatchStreams => &self.watch,
            Credential::Worker(_) => &self.worker,
            Credential::Operator(_) => self
                .owner
                .as_ref()
                .ok_or_else(|| Error::unavailable("no owner's connection is configured"))?,
        };
        pool.get().map_err(Error::unavailable)
    }

    /// A connection of the staff's pool, for what is not protected.
    pub(crate) fn lend_public(&self) -> Result<Connection> {
        self.staff.get().map_err(Error::unavailable)
    }

    /// A connection of the worker's pool, for finding practices with work.
    pub(crate) fn lend_worker(&self) -> Result<Connection> {
        self.worker.get().map_err(Error::unavailable)
    }

    /// One connection of every serving role, to see whether each of them works.
    pub(crate) fn ping(&self) -> Result<()> {
        for pool in [&self.staff, &self.portal, &self.worker] {
            let mut conn = pool.get().map_err(Error::unavailable)?;
            conn.batch_execute("SELECT 1").map_err(unavailable)?;
        }
        Ok(())
    }
}

fn watchful(settings: &PgSettings) -> PgSettings {
    PgSettings {
        acquire_timeout: WATCH_TIMEOUT.min(settings.acquire_timeout),
        statement_timeout: WATCH_TIMEOUT.min(settings.statement_timeout),
        lock_timeout: WATCH_TIMEOUT.min(settings.lock_timeout),
        ..settings.clone()
    }
}

fn pool(settings: &PgSettings, url: &str, size: u32) -> PgPool {
    Pool::builder()
        .max_size(size.max(1))
        .min_idle(Some(0))
        .test_on_check_out(false)
        .connection_timeout(settings.acquire_timeout)
        .connection_customizer(Box::new(Customizer { sql: session_settings(settings) }))
        .build_unchecked(ConnectionManager::new(url))
}

fn session_settings(settings: &PgSettings) -> String {
    let plans = if settings.force_generic_plan {
        "SET plan_cache_mode = force_generic_plan"
    } else {
        "SET citus.propagate_set_commands = 'local'"
    };
    format!(
        "SET statement_timeout = {}; SET lock_timeout = {}; SET idle_in_transaction_session_timeout = 30000; \
         SET TIME ZONE 'UTC'; {plans}",
        settings.statement_timeout.as_millis(),
        settings.lock_timeout.as_millis(),
    )
}

#[derive(Debug)]
struct Customizer {
    sql: String,
}

impl CustomizeConnection<PgConnection, PoolError> for Customizer {
    fn on_acquire(&self, conn: &mut PgConnection) -> std::result::Result<(), PoolError> {
        conn.batch_execute(&self.sql).map_err(PoolError::QueryError)?;
        conn.batch_execute(PREPARE).map_err(PoolError::QueryError)
    }
}
