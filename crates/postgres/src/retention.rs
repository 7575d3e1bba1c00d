//! Removes what has had its day, under the one role that may remove anything. Policies of the database hold it to what
//! has expired, whatever is asked here.

use crate::binding::{Binding, INSTALLATION, begin, commit, roll_back};
use crate::errors::unavailable;
use crate::pools::PgSettings;
use crate::schema::tenant;
use diesel::prelude::*;
use threadwell_application::{Error, Result};
use threadwell_domain::TenantId;
use uuid::Uuid;

/// What is removed, by the tables' own columns of time.
const SWEEPS: [(&str, &str); 3] = [
    ("changes", "DELETE FROM change WHERE at < now() - interval '24 hours' AND tenant_id = "),
    ("presence", "DELETE FROM presence WHERE until < now() - interval '1 minute' AND tenant_id = "),
    ("keys", "DELETE FROM idempotency_key WHERE expires_at < now() AND tenant_id = "),
];

/// Removes what has expired in every practice. Gives the number of rows.
///
/// # Errors
/// The address logs in as somebody else, or the database is unavailable.
pub fn remove_expired(retention_url: &str, settings: &PgSettings) -> Result<usize> {
    let mut conn = PgConnection::establish(retention_url).map_err(Error::unavailable)?;
    let role: String = diesel::select(diesel::dsl::sql::<diesel::sql_types::Text>("current_user::text"))
        .get_result(&mut conn)
        .map_err(unavailable)?;
    if role != "threadwell_retention" {
        return Err(Error::unavailable("the retention address logs in as somebody else"));
    }
    let limit = settings.statement_timeout.as_millis();
    diesel::connection::SimpleConnection::batch_execute(
        &mut conn,
        &format!("SET statement_timeout = {limit}"),
    )
    .map_err(unavailable)?;
    let practices: Vec<Uuid> = tenant::table
        .filter(tenant::id.ne(INSTALLATION.uuid()))
        .select(tenant::id)
        .load(&mut conn)
        .map_err(unavailable)?;
    let practices = practices.into_iter().map(TenantId::new);
    practices.map(|practice| remove_of(&mut conn, practice)).sum()
}

fn remove_of(conn: &mut PgConnection, practice: TenantId) -> Result<usize> {
    let mut removed = 0;
    for (what, sql) in SWEEPS {
        begin(conn, &Binding::to_tenant(practice)).map_err(unavailable)?;
        let statement = crate::sql::Statement::<()>::new(sql).uuid(practice.uuid());
        match statement.execute(conn).and_then(|rows| commit(conn).map(|()| rows)) {
            Ok(rows) => removed += rows,
            Err(source) => {
                roll_back(conn);
                tracing::warn!(%practice, what, "what has expired cannot be removed");
                return Err(unavailable(source));
            }
        }
    }
    Ok(removed)
}
