//! Bare SQL, for looking behind the store's back.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use threadwell_domain::access::Relationship;
use threadwell_domain::{AccountId, PatientId, TenantId};
use uuid::Uuid;

/// The number that a query gives.
pub(crate) fn count(conn: &mut PgConnection, query: &str) -> QueryResult<i64> {
    diesel::select(diesel::dsl::sql::<BigInt>(&format!("({query})::bigint"))).get_result(conn)
}

/// The texts that a query gives.
pub(crate) fn texts(conn: &mut PgConnection, query: &str) -> Vec<String> {
    diesel::select(diesel::dsl::sql::<Array<Text>>(&format!("ARRAY({query})"))).get_result(conn).unwrap()
}

/// What a transaction is bound to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bound {
    pub(crate) tenant: Option<TenantId>,
    pub(crate) account: Option<AccountId>,
    pub(crate) acting_for: Option<(PatientId, Relationship)>,
    /// The good link that was presented.
    pub(crate) presented: Option<Uuid>,
}

impl Bound {
    pub(crate) fn to(tenant: TenantId) -> Self {
        Self { tenant: Some(tenant), ..Self::default() }
    }

    pub(crate) fn to_account(
        tenant: TenantId,
        account: AccountId,
        grant: threadwell_domain::access::Grant,
    ) -> Self {
        Self {
            tenant: Some(tenant),
            account: Some(account),
            acting_for: Some((grant.patient, grant.relationship)),
            presented: None,
        }
    }

    pub(crate) fn presenting(self, link: Uuid) -> Self {
        Self { presented: Some(link), ..self }
    }

    /// Runs a query that gives a number, bound, and takes everything back.
    pub(crate) fn count(self, conn: &mut PgConnection, query: &str) -> QueryResult<i64> {
        self.begin(conn);
        let counted = count(conn, query);
        conn.batch_execute("ROLLBACK").unwrap();
        counted
    }

    /// Runs a statement, bound, and takes everything back.
    pub(crate) fn attempt(self, conn: &mut PgConnection, sql: &str) -> QueryResult<()> {
        self.begin(conn);
        let done = conn.batch_execute(sql);
        conn.batch_execute("ROLLBACK").unwrap();
        done
    }

    fn begin(self, conn: &mut PgConnection) {
        let mut sql = "BEGIN".to_owned();
        let mut set = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                sql.push_str(&format!("; SET LOCAL app.{name} = '{value}'"));
            }
        };
        set("tenant_id", self.tenant.map(|id| id.to_string()));
        set("account_id", self.account.map(|id| id.to_string()));
        set("patient_id", self.acting_for.map(|(id, _)| id.to_string()));
        set("link_id", self.presented.map(|id| id.to_string()));
        set("relationship", self.acting_for.map(|(_, relationship)| relationship.name().to_owned()));
        conn.batch_execute(&sql).unwrap();
    }
}
