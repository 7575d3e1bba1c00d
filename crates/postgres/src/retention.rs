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

/// What is removed, in portions of 5,000 rows that an index finds: a long transaction holds up whoever follows the
/// changes, and one that takes too long removes nothing. The practice is bound after each text.
struct Sweep {
    what: &'static str,
    sql: &'static [&'static str],
}

const SWEEPS: [Sweep; 7] = [
    // An id begins with its time in milliseconds.
    Sweep {
        what: "changes",
        sql: &[
            "WITH old AS (SELECT (lpad(to_hex((extract(epoch FROM now() - interval '24 hours') * 1000)::bigint), \
             12, '0') || repeat('0', 20))::uuid AS id), \
             end_of AS (SELECT id FROM change WHERE id < (SELECT id FROM old) AND tenant_id = ",
            " ORDER BY id OFFSET 4999 LIMIT 1) \
             DELETE FROM change WHERE id < (SELECT id FROM old) AND at < now() - interval '24 hours' \
             AND id <= COALESCE((SELECT id FROM end_of), (SELECT id FROM old)) AND tenant_id = ",
        ],
    },
    Sweep {
        what: "presence",
        sql: &["DELETE FROM presence WHERE until < now() - interval '1 minute' AND tenant_id = "],
    },
    Sweep {
        what: "keys",
        sql: &[
            "DELETE FROM idempotency_key WHERE expires_at < now() AND expires_at <= COALESCE((SELECT expires_at \
             FROM idempotency_key WHERE expires_at < now() AND tenant_id = ",
            " ORDER BY expires_at OFFSET 4999 LIMIT 1), now()) AND tenant_id = ",
        ],
    },
    Sweep {
        what: "drafts",
        sql: &[
            "DELETE FROM draft WHERE updated_at < now() - interval '30 days' AND updated_at <= COALESCE((SELECT \
             updated_at FROM draft WHERE updated_at < now() - interval '30 days' AND tenant_id = ",
            " ORDER BY updated_at OFFSET 4999 LIMIT 1), now()) AND tenant_id = ",
        ],
    },
    Sweep {
        what: "tickets",
        sql: &["DELETE FROM sign_in_ticket WHERE expires_at < now() - interval '1 day' AND tenant_id = "],
    },
    // At most 200 threads each.
    Sweep {
        what: "bulk acts",
        sql: &[
            "WITH due AS (SELECT id FROM bulk_act WHERE expires_at < now() AND tenant_id = ",
            " ORDER BY expires_at LIMIT 25), \
             threads AS (DELETE FROM bulk_act_thread WHERE bulk_act_id IN (SELECT id FROM due) AND tenant_id = ",
            ") DELETE FROM bulk_act WHERE id IN (SELECT id FROM due) AND tenant_id = ",
        ],
    },
    Sweep {
        what: "done index jobs",
        sql: &[
            "DELETE FROM outbox WHERE kind = 2 AND done_at < now() - interval '24 hours' AND done_at <= \
             COALESCE((SELECT done_at FROM outbox WHERE kind = 2 AND done_at < now() - interval '24 hours' \
             AND tenant_id = ",
            " ORDER BY done_at OFFSET 4999 LIMIT 1), now()) AND tenant_id = ",
        ],
    },
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
    remove_of_all(&mut conn, practices.into_iter().map(TenantId::new))
}

/// Goes on where one practice fails, and says so at the end.
fn remove_of_all(conn: &mut PgConnection, practices: impl Iterator<Item = TenantId>) -> Result<usize> {
    let (mut removed, mut failure) = (0, None);
    for practice in practices {
        for sweep in &SWEEPS {
            if let Err(source) = sweep.run(conn, practice, &mut removed) {
                tracing::warn!(%practice, what = sweep.what, error = %source, "what has expired cannot be removed");
                roll_back(conn);
                failure = Some(source);
            }
        }
    }
    failure.map_or(Ok(removed), |source| Err(unavailable(source)))
}

impl Sweep {
    /// One portion after the other until nothing is left, each in a transaction of its own.
    fn run(&self, conn: &mut PgConnection, practice: TenantId, removed: &mut usize) -> QueryResult<()> {
        loop {
            begin(conn, &Binding::to_tenant(practice))?;
            let empty = crate::sql::Statement::<()>::new("");
            let statement = self.sql.iter().fold(empty, |sql, text| sql.sql(text).uuid(practice.uuid()));
            let rows = statement.execute(conn)?;
            commit(conn)?;
            *removed += rows;
            if rows == 0 {
                return Ok(());
            }
        }
    }
}
