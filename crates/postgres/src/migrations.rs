//! The schema: applied by the owner, embedded in the program.

use crate::store::PgStore;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use threadwell_application::{Error, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationFailure {
    /// The owner cannot connect.
    #[error("the database cannot be reached as its owner")]
    Connection(#[from] diesel::ConnectionError),
    /// A migration failed; it was rolled back.
    #[error("a migration failed")]
    Migration(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The audit's partitions could not be made.
    #[error("the audit's partitions could not be made")]
    Partitions(#[source] diesel::result::Error),
}

/// Brings the schema up to date, and makes the audit's partitions for the next two years.
///
/// # Errors
/// The owner cannot connect, or a migration fails.
pub fn migrate(owner_url: &str) -> std::result::Result<(), MigrationFailure> {
    let mut conn = PgConnection::establish(owner_url)?;
    conn.run_pending_migrations(MIGRATIONS).map_err(MigrationFailure::Migration)?;
    conn.batch_execute("SELECT app.add_audit_partitions((now() + interval '2 years')::date)")
        .map_err(MigrationFailure::Partitions)
}

/// Takes every migration back, with all data: for tests of the way down.
///
/// # Errors
/// The owner cannot connect, or a migration cannot be taken back.
pub fn revert_all(owner_url: &str) -> std::result::Result<(), MigrationFailure> {
    let mut conn = PgConnection::establish(owner_url)?;
    conn.revert_all_migrations(MIGRATIONS).map(drop).map_err(MigrationFailure::Migration)
}

/// The newest version that this build knows.
fn newest_version() -> Option<String> {
    let known: Vec<Box<dyn Migration<diesel::pg::Pg>>> = MIGRATIONS.migrations().ok()?;
    known.iter().map(|migration| migration.name().version().to_string()).max()
}

diesel::table! {
    __diesel_schema_migrations (version) {
        version -> VarChar,
        run_on -> Timestamp,
    }
}

impl PgStore {
    /// Whether the schema is the one this build knows, or a newer one that it expands to.
    pub(crate) fn check_schema(&self) -> Result<()> {
        let mut conn = self.pools().lend_public()?;
        let applied: Option<String> = __diesel_schema_migrations::table
            .select(diesel::dsl::max(__diesel_schema_migrations::version))
            .first(&mut conn)
            .map_err(crate::errors::unavailable)?;
        if applied >= newest_version() {
            return Ok(());
        }
        Err(Error::unavailable("the schema is older than this build"))
    }
}
