//! Refuses to serve with more rights than serving needs, or with a table that nobody protects.

use crate::pools::PgSettings;
use crate::sql::Statement;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

/// Why the store must not serve.
#[derive(Debug, thiserror::Error)]
pub enum GuardFailure {
    /// A serving role cannot connect.
    #[error("the database cannot be reached as {role}")]
    Connection {
        /// Which pool's role was meant.
        role: &'static str,
        /// Why not.
        #[source]
        source: diesel::ConnectionError,
    },
    /// The catalogue cannot be read.
    #[error("the database's catalogue cannot be read")]
    Catalogue(#[source] diesel::result::Error),
    /// An address logs in as somebody else.
    #[error("the {expected} address logs in as {found}")]
    OtherRole {
        /// Who should log in.
        expected: &'static str,
        /// Who does.
        found: String,
    },
    /// A role has a right that serving does not need.
    #[error("{role} {excess}")]
    TooStrong {
        /// Which role.
        role: &'static str,
        /// What it is or may too much.
        excess: &'static str,
    },
    /// A table with a tenant lacks its protection.
    #[error("the table {table} {lack}")]
    Unprotected {
        /// Which table.
        table: String,
        /// What it lacks.
        lack: &'static str,
    },
}

/// Tables that need no policy; `tests/it/catalogue.rs` says why for each.
pub(crate) const EXEMPT: [&str; 4] =
    ["tenant", "message_search", "sign_in_throttle", "__diesel_schema_migrations"];

/// Checks every serving role and every table. To be called before the first request is taken.
///
/// # Errors
/// The first thing that is wrong, by name.
pub fn guard(settings: &PgSettings) -> Result<(), GuardFailure> {
    for (role, url) in [
        ("threadwell_staff", &settings.staff_url),
        ("threadwell_portal", &settings.portal_url),
        ("threadwell_worker", &settings.worker_url),
    ] {
        let mut conn =
            PgConnection::establish(url).map_err(|source| GuardFailure::Connection { role, source })?;
        check_role(&mut conn, role)?;
        check_tables(&mut conn)?;
    }
    Ok(())
}

fn check_role(conn: &mut PgConnection, role: &'static str) -> Result<(), GuardFailure> {
    let facts: RoleFacts =
        Statement::<RoleColumns>::new(ROLE_SQL).get_result(conn).map_err(GuardFailure::Catalogue)?;
    if facts.name != role {
        return Err(GuardFailure::OtherRole { expected: role, found: facts.name });
    }
    let excesses = [
        (facts.is_superuser, "is a superuser"),
        (facts.bypasses_rls, "bypasses row level security"),
        (facts.makes_roles_or_databases, "may make roles or databases"),
        (facts.is_member, "is a member of another role"),
        (facts.owns, "owns tables"),
        (facts.may_destroy, "may delete or truncate"),
        (facts.may_create, "may create in the schema"),
    ];
    match excesses.into_iter().find(|(is_so, _)| *is_so) {
        Some((_, excess)) => Err(GuardFailure::TooStrong { role, excess }),
        None => Ok(()),
    }
}

fn check_tables(conn: &mut PgConnection) -> Result<(), GuardFailure> {
    let tables: Vec<TableFacts> =
        Statement::<TableColumns>::new(TABLE_SQL).load(conn).map_err(GuardFailure::Catalogue)?;
    for table in tables.into_iter().filter(|table| !EXEMPT.contains(&table.name.as_str())) {
        let lacks = [
            (!table.is_enabled, "has no row level security"),
            (!table.is_forced, "does not force row level security"),
            (!table.has_policy, "has no tenant policy"),
        ];
        if let Some((_, lack)) = lacks.into_iter().find(|(is_so, _)| *is_so) {
            return Err(GuardFailure::Unprotected { table: table.name, lack });
        }
    }
    Ok(())
}

#[derive(Queryable)]
struct RoleFacts {
    name: String,
    is_superuser: bool,
    bypasses_rls: bool,
    makes_roles_or_databases: bool,
    is_member: bool,
    owns: bool,
    may_destroy: bool,
    may_create: bool,
}

#[derive(Queryable)]
struct TableFacts {
    name: String,
    is_enabled: bool,
    is_forced: bool,
    has_policy: bool,
}

type RoleColumns = (Text, Bool, Bool, Bool, Bool, Bool, Bool, Bool);
type TableColumns = (Text, Bool, Bool, Bool);

/// What the connected role is and may.
const ROLE_SQL: &str = "
    SELECT r.rolname::text, r.rolsuper, r.rolbypassrls, r.rolcreaterole OR r.rolcreatedb OR r.rolreplication,
        EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid),
        EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relowner = r.oid AND n.nspname IN ('public', 'app')),
        EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
                AND (has_table_privilege(c.oid, 'DELETE') OR has_table_privilege(c.oid, 'TRUNCATE'))),
        has_schema_privilege('public', 'CREATE')
    FROM pg_roles r WHERE r.rolname = current_user";

/// How every table of the schema is protected.
const TABLE_SQL: &str = "
    SELECT c.relname::text, c.relrowsecurity, c.relforcerowsecurity,
        EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_isolation'
                AND p.polpermissive AND p.polcmd = '*' AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname";
