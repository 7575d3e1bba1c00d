//! The demo in a real database, as its people find it after signing in.

use crate::demo::{DemoSummary, PASSWORD, load};
use crate::secrets::{InstallationKeys, Secret};
use chrono::Duration;
use std::collections::HashSet;
use std::sync::Arc;
use threadwell_application::access::{
    Audience, Caller, Credential, PortalClaims, RequestContext, StaffClaims, TenantAssertion,
};
use threadwell_application::accounts::{
    Arrival, SessionTerms, SignInOutcome, SignInRequest, SignInSecrets, SignedIn, SignedInAs, act_for,
    sign_in,
};
use threadwell_application::ports::{
    AccountSecrets, Clock, InboxQuery, Keyset, MadeSecret, PageAt, PortalQuery, Readable, RefreshDelivery,
    StaffThreadView, Store, SystemClock, TypedPassword,
};
use threadwell_application::{Result, portal, threads};
use threadwell_devstack::{PostgresOptions, PostgresServer};
use threadwell_domain::access::Role;
use threadwell_domain::thread::{Category, Priority, Status};
use threadwell_domain::{Phi, TenantId, ThreadId};
use threadwell_postgres::{PgSettings, PgStore, RolePasswords, bootstrap, migrate};
use uuid::Uuid;

const ROOT: &str = "O9Uv5Ug/11VX4uRwtPwj8hVZosoPat7ob5OFzfrOhZk=";

/// Takes hashing for reading, and knows no device.
#[derive(Debug)]
struct Fake;

impl AccountSecrets for Fake {
    fn verify(&self, typed: &TypedPassword, stored: Option<&str>) -> bool {
        stored == Some(&format!("hash of {}", typed.expose()))
    }

    fn hash(&self, typed: &TypedPassword) -> Result<String> {
        Ok(format!("hash of {}", typed.expose()))
    }

    fn needs_rehash(&self, _: &str) -> bool {
        false
    }

    fn link_hash(&self, _: TenantId, _: Uuid) -> Result<[u8; 32]> {
        Ok([7; 32])
    }

    fn activation(&self, tenant: TenantId, _: Uuid) -> Result<MadeSecret> {
        self.device(tenant)
    }

    fn is_code(&self, _: TenantId, _: Uuid, _: &Phi) -> Result<bool> {
        Ok(false)
    }

    fn device(&self, _: TenantId) -> Result<MadeSecret> {
        let mut hash = [0; 32];
        hash.iter_mut().zip(Uuid::new_v4().into_bytes()).for_each(|(to, from)| *to = from);
        Ok(MadeSecret { text: String::new().into(), hash })
    }

    fn device_hash(&self, _: TenantId, _: &str) -> Option<[u8; 32]> {
        None
    }
}

/// A store on an empty database; the server goes with it.
struct Stage {
    store: PgStore,
    keys: Arc<InstallationKeys>,
    _server: PostgresServer,
}

impl Stage {
    fn set() -> Self {
        let server = PostgresServer::ephemeral(&PostgresOptions::disposable()).unwrap();
        let word = || "only-for-tests".to_owned();
        let passwords = RolePasswords {
            owner: word(),
            staff: word(),
            portal: word(),
            worker: word(),
            retention: word(),
            backup: word(),
        };
        bootstrap(&server.superuser_url("postgres"), &passwords).unwrap();
        let url = |role: &str| server.url(&format!("threadwell_{role}"), &word(), "postgres");
        migrate(&url("owner")).unwrap();
        let mut settings = PgSettings::new(url("staff"), url("portal"), url("worker"));
        settings.owner_url = Some(url("owner"));
        let keys = Arc::new(InstallationKeys::new(&Secret::new(ROOT), "threadwell").unwrap());
        let store = PgStore::connect(&settings, keys.clone(), Arc::new(SystemClock));
        Self { store, keys, _server: server }
    }

    fn store(&self) -> &dyn Store {
        &self.store
    }

    fn load(&self) -> DemoSummary {
        // What stands for a hash says which password it was made of.
        load(self.store(), &|password| format!("hash of {password}"), SystemClock.now()).unwrap().summary
    }

    fn sign_in(&self, audience: Audience, practice: &str, email: &str) -> (SignedIn, RequestContext) {
        let request = RequestContext {
            request_id: Uuid::from_u128(7),
            ip: None,
            is_activity: false,
            tenant_assertion: Some(TenantAssertion::Slug(practice.to_owned())),
        };
        let attempt = SignInRequest {
            audience,
            practice: request.tenant_assertion.clone(),
            email: Phi::new(email),
            request: request.clone(),
            password: TypedPassword::new(PASSWORD),
            arrival: Arrival::default(),
            delivery: RefreshDelivery::Body,
            terms: SessionTerms { lifetime: Duration::hours(8) },
            at: SystemClock.now(),
        };
        let secrets = SignInSecrets {
            accounts: &Fake,
            first_refresh_hash: &|_| {
                let mut hash = [0; 32];
                hash.iter_mut().zip(Uuid::new_v4().into_bytes()).for_each(|(to, from)| *to = from);
                hash
            },
            factors: &*self.keys,
        };
        let outcome = sign_in(self.store(), &self.store, &attempt, &secrets).unwrap();
        let SignInOutcome::SignedIn(signed_in, _) = outcome else { panic!("{email} needs a second factor") };
        (*signed_in, request)
    }

    fn staff(&self, practice: &str, mailbox: &str) -> (Caller, Role) {
        let email = format!("{mailbox}@{practice}.example");
        let (signed_in, request) = self.sign_in(Audience::Staff, practice, &email);
        let SignedInAs::Staff(profile) = signed_in.who else { panic!("{email} is no staff") };
        let claims =
            StaffClaims { tenant: signed_in.practice.id, session: signed_in.session, staff: profile.id };
        (Caller { credential: Credential::Staff(claims), request }, profile.role)
    }

    /// All threads that a staff member sees, page after page, archived ones too.
    fn all(&self, caller: &Caller) -> Vec<StaffThreadView> {
        let mut all: Vec<StaffThreadView> = Vec::new();
        for archived in [false, true] {
            let mut query = InboxQuery { archived, limit: 50, ..InboxQuery::default() };
            loop {
                let (page, has_more) = threads::list_threads(self.store(), caller, &query).unwrap();
                let last =
                    page.last().map(|view| Keyset { at: view.facts.last_message.at, id: view.facts.id });
                all.extend(page);
                if !has_more {
                    break;
                }
                query.after = last;
            }
        }
        all
    }
}

fn is_clear(text: &Readable) -> bool {
    text.text().is_some_and(|text| !text.expose().is_empty())
}

#[test]
fn the_demo_is_there_once_and_everybody_can_sign_in_and_read() {
    let stage = Stage::set();
    let summary = stage.load();
    assert_eq!((summary.practices, summary.staff, summary.patients), (2, 16, 52));
    assert!(summary.threads > 250 && summary.messages > 1_000);
    assert_eq!(stage.load(), DemoSummary::default());

    let mut roles = HashSet::new();
    for practice in ["riverside", "hillside"] {
        for mailbox in ["admin", "provider", "provider2", "nurse", "ma", "frontdesk", "billing", "auditor"] {
            roles.insert(stage.staff(practice, mailbox).1);
        }
    }
    assert_eq!(roles.len(), Role::ALL.len());
    check_the_inbox(&stage);
    check_the_portal(&stage);
}

fn check_the_inbox(stage: &Stage) {
    let (nurse, _) = stage.staff("riverside", "nurse");
    let all = stage.all(&nurse);
    assert!(all.len() >= 200);
    for status in Status::ALL {
        assert!(all.iter().any(|view| view.facts.state.status() == status), "{status:?}");
    }
    for category in Category::ALL {
        assert!(all.iter().any(|view| view.facts.category == category), "{category:?}");
    }
    for priority in Priority::ALL {
        assert!(all.iter().any(|view| view.facts.priority == priority), "{priority:?}");
    }
    for view in &all {
        assert!(is_clear(&view.subject) && is_clear(&view.preview) && is_clear(&view.patient_name));
        let opened = threads::read_thread(stage.store(), &nurse, view.facts.id, 100, PageAt::Newest).unwrap();
        let shown = i32::try_from(opened.page.messages.len()).unwrap();
        assert!(opened.page.has_more || shown == view.facts.last_seq.0);
        assert!(opened.page.messages.iter().all(|message| is_clear(&message.body)));
    }
    let (clerk, _) = stage.staff("riverside", "billing");
    let bills = stage.all(&clerk);
    assert!(!bills.is_empty() && bills.iter().all(|view| view.facts.category == Category::Billing));
}

fn check_the_portal(stage: &Stage) {
    let (signed_in, request) = stage.sign_in(Audience::Portal, "riverside", "carla.mendes@example.org");
    let SignedInAs::Account { profile, acting_for } = &signed_in.who else { panic!("no account") };
    assert_eq!((profile.patients.len(), acting_for), (2, &None));
    for child in &profile.patients {
        let mut claims = PortalClaims {
            tenant: signed_in.practice.id,
            session: signed_in.session,
            account: profile.id,
            acting_for: None,
        };
        let chooser = Caller { credential: Credential::Portal(claims), request: request.clone() };
        act_for(stage.store(), &chooser, child.grant.patient).unwrap();
        claims.acting_for = Some((child.grant.patient, child.grant.relationship));
        let guardian = Caller { credential: Credential::Portal(claims), request: request.clone() };
        let query = PortalQuery { limit: 50, ..PortalQuery::default() };
        let page = portal::list_threads(stage.store(), &guardian, &query).unwrap();
        assert!(page.threads.len() >= 2);
        let ids: Vec<ThreadId> = page.threads.iter().map(|view| view.facts.id).collect();
        for id in ids {
            let opened = portal::read_thread(stage.store(), &guardian, id, 100, PageAt::Newest).unwrap();
            assert!(
                opened.page.messages.iter().all(|message| !message.is_internal && is_clear(&message.body))
            );
        }
    }
}
