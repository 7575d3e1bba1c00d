//! The first words of every transaction: whom it serves.
//!
//! One round trip begins the transaction and binds every setting that a policy reads, the irrelevant ones to nothing,
//! so that no connection can carry a binding from one transaction into the next. Each value is formatted from a parsed
//! type; no text of a request ever gets here.

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::{PgConnection, QueryResult, connection::SimpleConnection};
use std::fmt::Write;
use threadwell_application::access::{Caller, Credential};
use threadwell_domain::access::Relationship;
use threadwell_domain::{AccountId, PatientId, SessionId, TenantId};
use uuid::Uuid;

/// Events that concern no practice are kept under this one.
pub(crate) const INSTALLATION: TenantId =
    TenantId::new(uuid::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0000));

/// What the policies may know of a transaction.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    pub(crate) tenant: TenantId,
    pub(crate) account: Option<AccountId>,
    pub(crate) acting_for: Option<(PatientId, Relationship)>,
    /// The keyed hash of the e-mail that signs in to the portal.
    pub(crate) login_key: Option<[u8; 32]>,
    /// Whether the commit may return before the disk has it.
    pub(crate) is_relaxed: bool,
}

impl Binding {
    /// Bound to a practice and to nobody.
    pub(crate) const fn to_tenant(tenant: TenantId) -> Self {
        Self { tenant, account: None, acting_for: None, login_key: None, is_relaxed: false }
    }

    /// Bound as the caller's credential says.
    pub(crate) fn of(caller: &Caller) -> Self {
        let unbound = Self::to_tenant(caller.tenant().unwrap_or(INSTALLATION));
        match &caller.credential {
            Credential::Portal(claims) => {
                Self { account: Some(claims.account), acting_for: claims.acting_for, ..unbound }
            }
            Credential::Staff(_)
            | Credential::Visitor { .. }
            | Credential::Worker(_)
            | Credential::Operator(_) => unbound,
        }
    }

    fn sql(&self) -> String {
        let mut sql = String::with_capacity(560);
        sql.push_str("BEGIN");
        set(&mut sql, "tenant_id", &self.tenant);
        set(&mut sql, "account_id", &text(self.account));
        set(&mut sql, "patient_id", &text(self.acting_for.map(|(patient, _)| patient)));
        set(&mut sql, "relationship", &self.acting_for.map_or("", |(_, relationship)| relationship.name()));
        set(&mut sql, "login_key", &hex(self.login_key.as_ref()));
        for found_later in ["patient_ids", "account_ids", "session_id", "refresh_key", "link_key", "link_id"]
        {
            set(&mut sql, found_later, &"");
        }
        if self.is_relaxed {
            sql.push_str("; SET LOCAL synchronous_commit = off");
        }
        sql
    }
}

/// Begins a transaction that is bound from its first statement on.
pub(crate) fn begin(conn: &mut PgConnection, binding: &Binding) -> QueryResult<()> {
    AnsiTransactionManager::begin_transaction_sql(conn, &binding.sql())
}

/// Undoes everything. A connection on which that fails is no longer used by the pool.
pub(crate) fn roll_back(conn: &mut PgConnection) {
    if let Err(source) = AnsiTransactionManager::rollback_transaction(conn) {
        tracing::warn!(error = %source, "a transaction could not be rolled back");
    }
}

/// Commits what [`begin`] began.
pub(crate) fn commit(conn: &mut PgConnection) -> QueryResult<()> {
    AnsiTransactionManager::commit_transaction(conn)
}

/// Binds another practice, for the rest of the transaction; only the owner founds practices.
pub(crate) fn bind_tenant(conn: &mut PgConnection, tenant: TenantId) -> QueryResult<()> {
    conn.batch_execute(&format!("SET LOCAL app.tenant_id = '{tenant}'"))
}

/// Binds the account that a keyed e-mail hash or a refresh token led to, for the rest of the transaction.
pub(crate) fn bind_account(conn: &mut PgConnection, account: AccountId) -> QueryResult<()> {
    conn.batch_execute(&format!("SET LOCAL app.account_id = '{account}'"))
}

/// Binds the keyed hash of an e-mail that a link named, for the rest of the transaction.
pub(crate) fn bind_login(conn: &mut PgConnection, hash: &[u8; 32]) -> QueryResult<()> {
    conn.batch_execute(&format!("SET LOCAL app.login_key = '{}'", hex(Some(hash))))
}

/// Binds the refresh token that a visitor presents: the portal's role sees no other token by itself.
pub(crate) fn bind_refresh_token(conn: &mut PgConnection, hash: &[u8; 32]) -> QueryResult<()> {
    conn.batch_execute(&format!("SET LOCAL app.refresh_key = '{}'", hex(Some(hash))))
}

/// Binds the link or ticket that is presented or made: the portal's role sees no other of a visitor's by itself.
pub(crate) fn bind_link(conn: &mut PgConnection, hash: &[u8; 32]) -> QueryResult<()> {
    conn.batch_execute(&format!("SET LOCAL app.link_key = '{}'", hex(Some(hash))))
}

/// Binds the good link that was presented: what it invites to is all that the portal's role may give or change.
pub(crate) fn bind_found_link(conn: &mut PgConnection, link: Uuid) -> QueryResult<()> {
    conn.batch_execute(&format!("SET LOCAL app.link_id = '{link}'"))
}

/// Binds the session that a token led to or that is being opened, for the rest of the transaction.
pub(crate) fn bind_session(conn: &mut PgConnection, session: SessionId) -> QueryResult<()> {
    conn.batch_execute(&format!("SET LOCAL app.session_id = '{session}'"))
}

/// Binds the patients that the account's grants name, so that their names can be read.
pub(crate) fn bind_patients(conn: &mut PgConnection, patients: &[PatientId]) -> QueryResult<()> {
    let ids: Vec<String> = patients.iter().map(ToString::to_string).collect();
    conn.batch_execute(&format!("SET LOCAL app.patient_ids = '{{{}}}'", ids.join(",")))
}

fn set(sql: &mut String, name: &str, value: &dyn std::fmt::Display) {
    // Writing into a String cannot fail.
    let _ = write!(sql, "; SET LOCAL app.{name} = '{value}'");
}

fn text(id: Option<impl ToString>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

fn hex(bytes: Option<&[u8; 32]>) -> String {
    let mut text = String::with_capacity(64);
    for byte in bytes.into_iter().flatten() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
