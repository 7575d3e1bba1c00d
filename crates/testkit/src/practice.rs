//! The two practices, and how people come to them.

use crate::app::TestApp;
use crate::people::{self, Person};
use crate::process::Process;
use std::net::SocketAddr;
use threadwell_application::Result;
use threadwell_application::access::{Access, Action, Caller, Credential, RequestContext};
use threadwell_application::ports::{
    NewAccount, NewPatient, NewPractice, NewStaff, PracticePage, PracticeSummary, Store, Tx,
};
use threadwell_domain::access::{Grant, GrantScope, Relationship, Role};
use threadwell_domain::{AccountId, PatientId, Phi, StaffId, TenantId};
use uuid::Uuid;

/// The first practice.
pub const RIVERSIDE: TenantId = TenantId::new(Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0001));
/// The second practice.
pub const HILLSIDE: TenantId = TenantId::new(Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0002));

/// A practice of an app, to add people to.
#[derive(Clone, Copy, Debug)]
pub struct Practice<'a> {
    pub(crate) app: &'a TestApp,
    /// Which.
    pub tenant: TenantId,
    /// Its public code.
    pub slug: &'static str,
    /// The server at which people sign in.
    pub(crate) address: SocketAddr,
}

impl Practice<'_> {
    /// The same practice; people sign in at another server of its data.
    #[must_use]
    pub fn at(self, server: &Process) -> Self {
        Self { address: server.address(), ..self }
    }

    /// Adds a member of the staff, who signs in.
    pub fn staff(&self, role: Role) -> Person {
        let email = format!("{}{}@{}.example", role.name(), self.app.number(), self.slug);
        let id = self.add_staff(role, &email);
        self.sign_in_staff(&email, id)
    }

    /// Adds a member of the staff, who does not sign in.
    pub fn add_staff(&self, role: Role, email: &str) -> StaffId {
        self.operate(|tx| {
            let id = StaffId::new(tx.fresh_id());
            tx.provisioning().add_staff(&NewStaff {
                id,
                email: Phi::new(email),
                full_name: format!("Somebody {}", role.name()),
                title: Some("RN".to_owned()),
                role,
                password_hash: people::password_hash(),
            })?;
            Ok(id)
        })
    }

    /// A further session of a member of the staff.
    pub fn sign_in_staff(&self, email: &str, id: StaffId) -> Person {
        people::sign_in(self, "/api/auth/login", email, id.uuid(), None)
    }

    /// Adds a patient with a portal account, which signs in.
    pub fn patient(&self, name: &str) -> Person {
        let patient = self.add_patient(name, &format!("MRN-{:05}", self.app.number()));
        self.account(name, &[(patient, Relationship::Myself)])
    }

    /// Adds a portal account that acts for other patients, and signs in.
    pub fn guardian(&self, name: &str, of: &[PatientId]) -> Person {
        let grants: Vec<_> = of.iter().map(|patient| (*patient, Relationship::Guardian)).collect();
        self.account(name, &grants)
    }

    /// Adds a patient without an account.
    pub fn add_patient(&self, name: &str, mrn: &str) -> PatientId {
        self.operate(|tx| {
            let id = PatientId::new(tx.fresh_id());
            tx.provisioning().add_patient(&NewPatient {
                id,
                full_name: Phi::new(name),
                mrn: Phi::new(mrn),
                birth_date: Some(Phi::new("1980-02-03")),
                phone: Some(Phi::new("(555) 010-1234")),
                email: None,
                language: "en".to_owned(),
            })?;
            Ok(id)
        })
    }

    /// Adds a portal account with such grants, which signs in.
    pub fn account(&self, name: &str, grants: &[(PatientId, Relationship)]) -> Person {
        let email = format!("person{}@example.org", self.app.number());
        let id = self.add_account(name, &email, grants);
        self.sign_in_account(&email, id, grants.first().map(|(patient, _)| *patient))
    }

    /// Adds a portal account, which does not sign in.
    pub fn add_account(&self, name: &str, email: &str, grants: &[(PatientId, Relationship)]) -> AccountId {
        self.operate(|tx| {
            let id = AccountId::new(tx.fresh_id());
            tx.provisioning().add_account(&NewAccount {
                id,
                email: Phi::new(email),
                full_name: Phi::new(name),
                language: "en".to_owned(),
                password_hash: people::password_hash(),
            })?;
            for (patient, relationship) in grants {
                let scope = GrantScope::ReadWrite;
                let grant = Grant { patient: *patient, relationship: *relationship, scope, expires_at: None };
                tx.provisioning().grant(id, &grant)?;
            }
            Ok(id)
        })
    }

    /// A further session of a portal account.
    pub fn sign_in_account(&self, email: &str, id: AccountId, patient: Option<PatientId>) -> Person {
        people::sign_in(self, "/api/patient-portal/auth/login", email, id.uuid(), patient)
    }

    fn operate<T>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<T>) -> T {
        operate(self.app.store(), self.tenant, work).unwrap()
    }
}

/// One transaction of the command line.
pub(crate) fn operate<T>(
    store: &dyn Store,
    tenant: TenantId,
    work: impl FnOnce(&mut dyn Tx) -> Result<T>,
) -> Result<T> {
    let caller = Caller {
        credential: Credential::Operator(tenant),
        request: RequestContext {
            request_id: Uuid::now_v7(),
            ip: None,
            is_activity: false,
            tenant_assertion: None,
        },
    };
    store.transact(&Access::to(&caller, Action::Provision), work)
}

pub(crate) fn founding(tenant: TenantId, slug: &str, name: &str) -> NewPractice {
    NewPractice {
        page: PracticePage {
            summary: PracticeSummary { id: tenant, slug: slug.to_owned(), name: name.to_owned() },
            phone: "+1 555 0100".to_owned(),
            emergency_text: "Call 911.".to_owned(),
            hours: "Mon-Fri 8-17".to_owned(),
            after_hours_text: "Call the on-call line.".to_owned(),
            answer_times: Vec::new(),
            reopen_window_days: 14,
            face: threadwell_application::ports::PracticeFace::default(),
        },
        time_zone: "America/New_York".to_owned(),
        needs_second_factor: false,
    }
}
