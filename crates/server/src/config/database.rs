//! Reaching the database.

use super::Reader;
use crate::secrets::Secret;
use std::time::Duration;
use threadwell_postgres::PgSettings;

/// How the database is reached: one role for each side, each with a pool of its own.
#[derive(Clone, Debug)]
pub struct DatabaseConfig {
    /// As `threadwell_staff`.
    pub staff_url: Secret,
    /// As `threadwell_portal`.
    pub portal_url: Secret,
    /// As `threadwell_worker`.
    pub worker_url: Secret,
    /// As `threadwell_owner`; the command line alone has it.
    pub owner_url: Option<Secret>,
    /// As `threadwell_retention`; the worker removes what has expired if it has it.
    pub retention_url: Option<Secret>,
    /// As a superuser; `migrate --bootstrap` alone has it.
    pub superuser_url: Option<Secret>,
    /// Connections of each serving pool.
    pub pool_size: u32,
    /// How long one statement may take.
    pub statement_timeout: Duration,
    /// Plans every statement once; off on Citus.
    pub force_generic_plan: bool,
    /// Awaits the disk for the audit rows of reads too.
    pub strict_read_audit: bool,
}

impl DatabaseConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let optional = |reader: &Reader<'_>, name| reader.optional(name).map(Secret::new);
        let config = Self {
            staff_url: reader.secret("THREADWELL_DATABASE_STAFF_URL"),
            portal_url: reader.secret("THREADWELL_DATABASE_PORTAL_URL"),
            worker_url: reader.secret("THREADWELL_DATABASE_WORKER_URL"),
            owner_url: optional(reader, "THREADWELL_DATABASE_OWNER_URL"),
            retention_url: optional(reader, "THREADWELL_DATABASE_RETENTION_URL"),
            superuser_url: optional(reader, "THREADWELL_DATABASE_SUPERUSER_URL"),
            pool_size: reader.parsed("THREADWELL_DATABASE_POOL_SIZE", "a number", 8),
            statement_timeout: Duration::from_secs(reader.parsed(
                "THREADWELL_DATABASE_TIMEOUT_SECONDS",
                "a number",
                10,
            )),
            force_generic_plan: reader.parsed("THREADWELL_DATABASE_GENERIC_PLANS", "true or false", true),
            strict_read_audit: reader.parsed("THREADWELL_STRICT_READ_AUDIT", "true or false", false),
        };
        if !(1..=200).contains(&config.pool_size) {
            reader.fault("THREADWELL_DATABASE_POOL_SIZE", "must be between 1 and 200");
        }
        if config.statement_timeout.is_zero() {
            reader.fault(
                "THREADWELL_DATABASE_TIMEOUT_SECONDS",
                "must be at least 1: a statement may not run for ever",
            );
        }
        config
    }

    /// As the adapter takes it.
    #[must_use]
    pub fn settings(&self) -> PgSettings {
        let text = |secret: &Secret| secret.expose().to_owned();
        let mut settings =
            PgSettings::new(text(&self.staff_url), text(&self.portal_url), text(&self.worker_url));
        settings.owner_url = self.owner_url.as_ref().map(text);
        settings.pool_size = self.pool_size;
        settings.statement_timeout = self.statement_timeout;
        settings.force_generic_plan = self.force_generic_plan;
        settings.strict_read_audit = self.strict_read_audit;
        settings
    }
}
