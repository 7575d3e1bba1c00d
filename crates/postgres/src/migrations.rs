//! The schema: applied by the owner, embedded in the program.

use crate::store::PgStore;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::collections::HashSet;
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

/// The versions that this build knows, one for each of its migrations.
fn known_versions() -> Result<Vec<String>> {
    let known: Vec<Box<dyn Migration<diesel::pg::Pg>>> =
        MIGRATIONS.migrations().map_err(Error::unavailable)?;
    Ok(known.iter().map(|migration| migration.name().version().to_string()).collect())
}

diesel::table! {
    __diesel_schema_migrations (version) {
        version -> VarChar,
        run_on -> Timestamp,
    }
}

impl PgStore {
    /// Whether the schema holds every migration that this build knows; it may hold newer ones.
    pub(crate) fn check_schema(&self) -> Result<()> {
        let mut conn = self.pools().lend_public()?;
        let applied: HashSet<String> = __diesel_schema_migrations::table
            .select(__diesel_schema_migrations::version)
            .load(&mut conn)
            .map_err(crate::errors::unavailable)?
            .into_iter()
            .collect();
        match known_versions()?.iter().all(|version| applied.contains(version)) {
            true => Ok(()),
            false => Err(Error::unavailable("the schema is older than this build")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_migrations_bear_one_version() {
        // Of two that do, one would never run, and nobody would be told.
        let versions = known_versions().unwrap();
        let unique: HashSet<&String> = versions.iter().collect();
        assert_eq!(unique.len(), versions.len(), "{versions:?}");
    }
}
