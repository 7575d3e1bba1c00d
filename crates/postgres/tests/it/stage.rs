//! Two founded practices in a database of their own, a clock that stands still, and ways in as each kind of caller.

mod clock;
mod newcomers;
mod server;

pub(crate) use clock::FixedClock;
pub(crate) use newcomers::{PASSWORD_HASH, new_account, new_patient, new_practice, new_staff};

use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use threadwell_application::Result;
use threadwell_application::access::{
    Access, Action, Audience, Caller, Credential, PortalClaims, RequestContext, SignInMethod, StaffClaims,
};
use threadwell_application::ports::{Clock, NewSession, SessionOwner, Store, Tx};
use threadwell_domain::access::{Grant, GrantScope, Relationship, Role};
use threadwell_domain::thread::Category;
use threadwell_domain::{AccountId, Moment, PatientId, Phi, SessionId, StaffId, TenantId, ThreadId};
use threadwell_postgres::PgStore;
use uuid::Uuid;

/// The first practice.
pub(crate) const RIVERSIDE: TenantId =
    TenantId::new(Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0001));
/// The second practice.
pub(crate) const HILLSIDE: TenantId =
    TenantId::new(Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0002));

/// A database with both practices, and the store on it.
pub(crate) struct Stage {
    pub(crate) store: Arc<PgStore>,
    pub(crate) clock: Arc<FixedClock>,
    database: String,
}

impl Stage {
    pub(crate) fn set() -> Self {
        let database = server::copy_template();
        let clock = Arc::new(FixedClock::at_start());
        let store = Arc::new(server::store_on(&database, Arc::clone(&clock)));
        Self { store, clock, database }
    }

    /// A further store on the same database, as another machine has one.
    pub(crate) fn another_store(&self) -> PgStore {
        server::store_on(&self.database, Arc::clone(&self.clock))
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The address of a role.
    pub(crate) fn url(&self, role: &str) -> String {
        server::url_of(role, &self.database)
    }

    /// A bare connection as a role, behind the store's back.
    pub(crate) fn raw(&self, role: &str) -> PgConnection {
        PgConnection::establish(&self.url(role)).unwrap()
    }

    /// A bare connection past every protection.
    pub(crate) fn raw_admin(&self) -> PgConnection {
        server::superuser_of(&self.database)
    }

    /// The superuser's address.
    pub(crate) fn admin_url(&self) -> String {
        server::superuser_url_of(&self.database)
    }

    /// Runs SQL past every protection.
    pub(crate) fn admin(&self, sql: &str) {
        server::superuser_of(&self.database).batch_execute(sql).unwrap();
    }

    /// The number that a query of one number gives, past every protection.
    pub(crate) fn number(&self, query: &str) -> i64 {
        let sql = diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("({query})::bigint"));
        diesel::select(sql).get_result(&mut server::superuser_of(&self.database)).unwrap()
    }

    /// Returns when somebody waits for another's lock in this database; gives up after ten seconds.
    pub(crate) fn await_lock_wait(&self) {
        let waiting = "SELECT count(*) FROM pg_stat_activity \
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let start = std::time::Instant::now();
        while self.number(waiting) == 0 {
            assert!(start.elapsed().as_secs() < 10, "nobody waits");
            std::thread::yield_now();
        }
    }

    pub(crate) fn operate<T>(
        &self,
        tenant: TenantId,
        work: impl FnOnce(&mut dyn Tx) -> Result<T>,
    ) -> Result<T> {
        run(&*self.store, &caller(Credential::Operator(tenant)), Action::Provision, work)
    }

    pub(crate) fn deliver<T>(
        &self,
        tenant: TenantId,
        work: impl FnOnce(&mut dyn Tx) -> Result<T>,
    ) -> Result<T> {
        run(&*self.store, &caller(Credential::Worker(tenant)), Action::Deliver, work)
    }

    /// As a visitor without an e-mail: refreshing and leaving.
    pub(crate) fn visit<T>(
        &self,
        audience: Audience,
        tenant: TenantId,
        work: impl FnOnce(&mut dyn Tx) -> Result<T>,
    ) -> Result<T> {
        run(&*self.store, &visitor(audience, tenant, None), Action::Refresh, work)
    }

    /// As a visitor who signs in with an e-mail.
    pub(crate) fn sign_in<T>(
        &self,
        audience: Audience,
        tenant: TenantId,
        email: &str,
        work: impl FnOnce(&mut dyn Tx) -> Result<T>,
    ) -> Result<T> {
        run(&*self.store, &visitor(audience, tenant, Some(email)), Action::SignIn, work)
    }

    pub(crate) fn add_staff(&self, tenant: TenantId, role: Role, email: &str) -> StaffId {
        self.operate(tenant, |tx| {
            let id = StaffId::new(tx.fresh_id());
            tx.provisioning().add_staff(&new_staff(id, role, email))?;
            Ok(id)
        })
        .unwrap()
    }

    pub(crate) fn add_patient(&self, tenant: TenantId, name: &str, mrn: &str) -> PatientId {
        self.operate(tenant, |tx| {
            let id = PatientId::new(tx.fresh_id());
            tx.provisioning().add_patient(&new_patient(id, name, mrn))?;
            Ok(id)
        })
        .unwrap()
    }

    pub(crate) fn add_account(&self, tenant: TenantId, email: &str, grants: &[Grant]) -> AccountId {
        self.operate(tenant, |tx| {
            let id = AccountId::new(tx.fresh_id());
            tx.provisioning().add_account(&new_account(id, email))?;
            for grant in grants {
                tx.provisioning().grant(id, grant)?;
            }
            Ok(id)
        })
        .unwrap()
    }

    /// A thread that the patient started and staff answered, written past every protection: its texts are of no
    /// concern here. Places 1 and 2 are the patient's and the staff's newest messages.
    pub(crate) fn add_thread(&self, tenant: TenantId, patient: PatientId, category: Category) -> ThreadId {
        let id = Uuid::now_v7();
        let at = self.now().to_rfc3339();
        self.admin(&format!(
            "INSERT INTO thread (tenant_id, id, patient_id, category, priority, status, is_created_by_patient, \
             is_confidential, created_at, updated_at, version, public_version, public_updated_at, last_seq, \
             message_count, last_message_at, last_message_by, last_patient_seq, last_staff_seq, is_unread_by_staff, \
             subject_enc, preview_enc) VALUES ('{tenant}', '{id}', '{patient}', {}, 1, 0, true, false, '{at}', '{at}', \
             1, 1, '{at}', 2, 2, '{at}', 1, 1, 2, true, '', '')",
            category.code()
        ));
        ThreadId::new(id)
    }

    /// A staff member with an open session.
    pub(crate) fn staff_caller(&self, tenant: TenantId, staff: StaffId) -> Caller {
        self.staff_caller_with(tenant, staff, [1; 32])
    }

    /// A further one, told apart by the hash of its refresh token.
    pub(crate) fn staff_caller_with(
        &self,
        tenant: TenantId,
        staff: StaffId,
        refresh_hash: [u8; 32],
    ) -> Caller {
        let session = self.open_session(Audience::Staff, tenant, SessionOwner::Staff(staff), refresh_hash);
        caller(Credential::Staff(StaffClaims { tenant, session, staff }))
    }

    /// A portal account with an open session, acting for a patient.
    pub(crate) fn portal_caller(&self, tenant: TenantId, account: AccountId, grant: Option<Grant>) -> Caller {
        let acting_for = grant.map(|grant| (grant.patient, grant.relationship));
        let owner = SessionOwner::Account { account, acting_for };
        let session = self.open_session(Audience::Portal, tenant, owner, [2; 32]);
        caller(Credential::Portal(PortalClaims { tenant, session, account, acting_for }))
    }

    /// Opens a session of an hour that may rest fifteen minutes; its first refresh token has this hash.
    pub(crate) fn open_session(
        &self,
        audience: Audience,
        tenant: TenantId,
        owner: SessionOwner,
        refresh_hash: [u8; 32],
    ) -> SessionId {
        run(&*self.store, &visitor(audience, tenant, None), Action::SignIn, |tx| {
            let id = SessionId::new(tx.fresh_id());
            let expires_at = tx.now() + Duration::hours(1);
            let idle_limit = Duration::minutes(15);
            let (method, has_stepped_up) = (SignInMethod::Password, true);
            let session =
                NewSession { id, owner, refresh_hash, method, has_stepped_up, idle_limit, expires_at };
            tx.sessions().open(&session)?;
            Ok(id)
        })
        .unwrap()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        server::drop_copy(&self.database);
    }
}

/// One transaction of a caller.
pub(crate) fn run<T>(
    store: &dyn Store,
    caller: &Caller,
    action: Action,
    work: impl FnOnce(&mut dyn Tx) -> Result<T>,
) -> Result<T> {
    store.transact(&Access::to(caller, action), work)
}

pub(crate) fn caller(credential: Credential) -> Caller {
    let request = RequestContext {
        request_id: Uuid::now_v7(),
        ip: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        is_activity: true,
        tenant_assertion: None,
    };
    Caller { credential, request }
}

pub(crate) fn visitor(audience: Audience, tenant: TenantId, email: Option<&str>) -> Caller {
    caller(Credential::Visitor { audience, tenant: Some(tenant), email: email.map(Phi::new) })
}

pub(crate) fn grant(patient: PatientId, relationship: Relationship) -> Grant {
    Grant { patient, relationship, scope: GrantScope::ReadWrite, expires_at: None }
}
