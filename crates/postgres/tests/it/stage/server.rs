//! The server under the stage: one for all tests of the binary, with a template that every stage is a copy of.

use super::clock::{FixedClock, TestRoot};
use super::newcomers::new_practice;
use super::{HILLSIDE, RIVERSIDE, caller, run};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use threadwell_application::access::{Action, Credential};
use threadwell_crypto::RootKey;
use threadwell_devstack::{PostgresOptions, PostgresServer};
use threadwell_domain::TenantId;
use threadwell_postgres::{PgSettings, PgStore, RolePasswords, bootstrap, migrate};

const TEMPLATE: &str = "stage_template";
const PASSWORD: &str = "only-for-tests";

/// One server for all tests of the binary. It stops with the process: a companion notices.
static SERVER: LazyLock<PostgresServer> = LazyLock::new(|| {
    let mut options = PostgresOptions::disposable();
    options.settings.push(("max_connections".to_owned(), "400".to_owned()));
    let server = PostgresServer::ephemeral(&options).unwrap();
    admin_of(&server, "postgres").batch_execute(&format!("CREATE DATABASE {TEMPLATE}")).unwrap();
    let same = || PASSWORD.to_owned();
    let passwords = RolePasswords {
        owner: same(),
        staff: same(),
        portal: same(),
        worker: same(),
        retention: same(),
        backup: same(),
    };
    bootstrap(&server.superuser_url(TEMPLATE), &passwords).unwrap();
    migrate(&server.url("threadwell_owner", PASSWORD, TEMPLATE)).unwrap();
    let clock = Arc::new(FixedClock::at_start());
    let store = connect(&server, TEMPLATE, clock);
    found(&store, RIVERSIDE, "riverside", "Riverside Dermatology");
    found(&store, HILLSIDE, "hillside", "Hillside Dermatology");
    server
});

/// A fresh copy of the template; its name.
pub(super) fn copy_template() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    // Copies of one template wait for each other in the server; the lock keeps that wait out of its time-outs.
    static COPYING: Mutex<()> = Mutex::new(());
    let database = format!("stage_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let server = &*SERVER;
    let _copying = COPYING.lock().unwrap();
    admin_of(server, "postgres")
        .batch_execute(&format!("CREATE DATABASE {database} TEMPLATE {TEMPLATE} OWNER threadwell_owner"))
        .unwrap();
    database
}

/// Takes a copy away. The pool may still hold connections; the database goes with the server if this fails.
pub(super) fn drop_copy(database: &str) {
    let sql = format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)");
    drop(admin_of(&SERVER, "postgres").batch_execute(&sql));
}

/// A store on a copy, connected as the roles that serve and as the owner.
pub(super) fn store_on(database: &str, clock: Arc<FixedClock>) -> PgStore {
    connect(&SERVER, database, clock)
}

/// The address of a role's connections to a copy.
pub(super) fn url_of(role: &str, database: &str) -> String {
    SERVER.url(&format!("threadwell_{role}"), PASSWORD, database)
}

/// The address of the superuser's connections to a copy.
pub(super) fn superuser_url_of(database: &str) -> String {
    SERVER.superuser_url(database)
}

/// A connection to a copy that no protection holds for.
pub(super) fn superuser_of(database: &str) -> PgConnection {
    admin_of(&SERVER, database)
}

fn found(store: &PgStore, tenant: TenantId, slug: &str, name: &str) {
    let practice = new_practice(tenant, slug, name);
    run(store, &caller(Credential::Operator(tenant)), Action::Provision, |tx| {
        tx.provisioning().add_practice(&practice)
    })
    .unwrap();
}

fn connect(server: &PostgresServer, database: &str, clock: Arc<FixedClock>) -> PgStore {
    let url = |role: &str| server.url(&format!("threadwell_{role}"), PASSWORD, database);
    let mut settings = PgSettings::new(url("staff"), url("portal"), url("worker"));
    settings.owner_url = Some(url("owner"));
    settings.acquire_timeout = std::time::Duration::from_secs(20);
    PgStore::connect(&settings, Arc::new(TestRoot(RootKey::from_bytes(&[7; 32]))), clock)
}

fn admin_of(server: &PostgresServer, database: &str) -> PgConnection {
    PgConnection::establish(&server.superuser_url(database)).unwrap()
}
