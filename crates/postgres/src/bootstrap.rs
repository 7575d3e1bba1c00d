//! The roles, which belong to the cluster and not to the schema: made once, by a superuser.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::fmt;

/// The passwords of the roles that log in.
#[derive(Clone)]
pub struct RolePasswords {
    /// Of `threadwell_owner`.
    pub owner: String,
    /// Of `threadwell_staff`.
    pub staff: String,
    /// Of `threadwell_portal`.
    pub portal: String,
    /// Of `threadwell_worker`.
    pub worker: String,
    /// Of `threadwell_retention`.
    pub retention: String,
    /// Of `threadwell_backup`.
    pub backup: String,
}

impl fmt::Debug for RolePasswords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RolePasswords")
    }
}

/// Why the roles could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapFailure {
    /// The superuser cannot connect.
    #[error("the database cannot be reached as its superuser")]
    Connection(#[from] diesel::ConnectionError),
    /// A role could not be made. The cause is not carried along: it could hold a password.
    #[error("the role {0} could not be made")]
    Role(&'static str),
    /// The database could not be given to its owner.
    #[error("the database could not be given to its owner")]
    Database(#[source] diesel::result::Error),
}

/// Makes the roles, or sets their rights and passwords again, and gives the database that the address names to its
/// owner. Run once before the first migration; running it again changes passwords.
///
/// # Errors
/// The superuser cannot connect, or may not make roles.
pub fn bootstrap(superuser_url: &str, passwords: &RolePasswords) -> Result<(), BootstrapFailure> {
    let mut conn = PgConnection::establish(superuser_url)?;
    for (role, password, rights) in [
        ("threadwell_owner", &passwords.owner, "NOBYPASSRLS"),
        ("threadwell_staff", &passwords.staff, "NOBYPASSRLS"),
        ("threadwell_portal", &passwords.portal, "NOBYPASSRLS"),
        ("threadwell_worker", &passwords.worker, "NOBYPASSRLS"),
        ("threadwell_retention", &passwords.retention, "NOBYPASSRLS"),
        // A dump must see every practice; this role reads and does nothing else.
        ("threadwell_backup", &passwords.backup, "BYPASSRLS"),
    ] {
        conn.batch_execute(&role_sql(role, password, rights)).map_err(|_| BootstrapFailure::Role(role))?;
    }
    conn.batch_execute(DATABASE_SQL).map_err(BootstrapFailure::Database)
}

/// Two bootstraps of one cluster may run at a time; the lock lets one wait for the other.
fn role_sql(role: &str, password: &str, rights: &str) -> String {
    let password = password.replace('\'', "''").replace('\0', "");
    format!(
        "BEGIN; SET LOCAL standard_conforming_strings = on; SELECT pg_advisory_xact_lock(8241903317); \
         DO $role$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role}; \
         END IF; END $role$; \
         ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT {rights} \
         PASSWORD '{password}'; COMMIT"
    )
}

const DATABASE_SQL: &str = "
    DO $database$ BEGIN
        EXECUTE format('ALTER DATABASE %I OWNER TO threadwell_owner', current_database());
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO threadwell_staff, threadwell_portal, threadwell_worker, \
            threadwell_retention, threadwell_backup', current_database());
    END $database$;
    ALTER SCHEMA public OWNER TO threadwell_owner;
    REVOKE CREATE ON SCHEMA public FROM PUBLIC";
