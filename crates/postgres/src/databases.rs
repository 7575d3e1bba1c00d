//! Databases of a cluster, made and dropped by its superuser: for private servers and for tests, which clone one.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

/// Why a database could not be made or dropped.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseFailure {
    /// The superuser cannot connect.
    #[error("the cluster cannot be reached as its superuser")]
    Connection(#[from] diesel::ConnectionError),
    /// The cluster refused.
    #[error("the cluster refused")]
    Refused(#[from] diesel::result::Error),
    /// The name is not made of lower-case letters, digits and underscores.
    #[error("this cannot be the name of a database")]
    BadName,
}

diesel::table! {
    pg_database (oid) {
        oid -> Oid,
        datname -> Text,
    }
}

/// Whether the cluster has such a database.
///
/// # Errors
/// The superuser cannot connect.
pub fn database_exists(superuser_url: &str, name: &str) -> Result<bool, DatabaseFailure> {
    let mut conn = PgConnection::establish(superuser_url)?;
    let found = pg_database::table.filter(pg_database::datname.eq(name));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(&mut conn)?)
}

/// Makes a database, empty or as a copy of another that nobody is connected to: with its grants and policies.
///
/// # Errors
/// There is one of that name, the template is in use, or the superuser cannot connect.
pub fn create_database(
    superuser_url: &str,
    name: &str,
    template: Option<&str>,
) -> Result<(), DatabaseFailure> {
    let template = template.unwrap_or("template0");
    if !(is_plain(name) && is_plain(template)) {
        return Err(DatabaseFailure::BadName);
    }
    let mut conn = PgConnection::establish(superuser_url)?;
    Ok(conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))?)
}

/// Drops a database, cutting off whoever is connected.
///
/// # Errors
/// The superuser cannot connect or may not.
pub fn drop_database(superuser_url: &str, name: &str) -> Result<(), DatabaseFailure> {
    if !is_plain(name) {
        return Err(DatabaseFailure::BadName);
    }
    let mut conn = PgConnection::establish(superuser_url)?;
    Ok(conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?)
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
