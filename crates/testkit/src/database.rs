//! One PostgreSQL for all tests of the binary, with a migrated template that every app gets a copy of.

use crate::clock::FixedClock;
use crate::practice::{HILLSIDE, RIVERSIDE, founding, operate};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;
use threadwell_devstack::{PostgresOptions, PostgresServer};
use threadwell_postgres::{PgFeed, PgSettings, PgStore, RolePasswords, bootstrap, migrate};
use threadwell_server::secrets::{InstallationKeys, Secret};

const TEMPLATE: &str = "testkit_template";
const PASSWORD: &str = "only-for-tests";
/// 32 bytes that everybody knows, in base64.
const ROOT: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
/// Enough for every test that sends requests side by side.
pub(crate) const CONNECTIONS: u32 = 6;

/// It stops with the process: a companion notices.
static SERVER: LazyLock<PostgresServer> = LazyLock::new(|| {
    let mut options = PostgresOptions::disposable();
    options.settings.push(("max_connections".to_owned(), "400".to_owned()));
    let server = PostgresServer::ephemeral(&options).unwrap();
    superuser(&server, "postgres").batch_execute(&format!("CREATE DATABASE {TEMPLATE}")).unwrap();
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
    let store = connect(&server, TEMPLATE, Arc::new(FixedClock::at_start()));
    for (tenant, slug, name) in
        [(RIVERSIDE, "riverside", "Riverside Dermatology"), (HILLSIDE, "hillside", "Hillside Dermatology")]
    {
        operate(&store, tenant, |tx| tx.provisioning().add_practice(&founding(tenant, slug, name))).unwrap();
    }
    server
});

/// A database of one app; dropped with it.
#[derive(Debug)]
pub(crate) struct Database {
    name: String,
}

impl Database {
    /// A fresh copy of the template.
    pub(crate) fn copy() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        // Copies of one template wait for each other in the server; the lock keeps that wait out of its time-outs.
        static COPYING: Mutex<()> = Mutex::new(());
        let name = format!("app_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let server = &*SERVER;
        let _copying = COPYING.lock().unwrap();
        superuser(server, "postgres")
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
            .unwrap();
        Self { name }
    }

    /// A store on it, connected as the roles that serve and as the owner.
    pub(crate) fn store(&self, clock: Arc<FixedClock>) -> PgStore {
        connect(&SERVER, &self.name, clock)
    }

    /// What a store on it has done.
    pub(crate) fn feed(&self, store: &PgStore) -> PgFeed {
        PgFeed::new(&settings(&SERVER, &self.name), store)
    }

    /// The superuser's address.
    pub(crate) fn superuser_url(&self) -> String {
        SERVER.superuser_url(&self.name)
    }

    /// What a process needs to know to serve from it.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let url = |role: &str| SERVER.url(&format!("threadwell_{role}"), PASSWORD, &self.name);
        vec![
            ("THREADWELL_ROOT_KEY", ROOT.to_owned()),
            ("THREADWELL_DATABASE_STAFF_URL", url("staff")),
            ("THREADWELL_DATABASE_PORTAL_URL", url("portal")),
            ("THREADWELL_DATABASE_WORKER_URL", url("worker")),
            ("THREADWELL_DATABASE_RETENTION_URL", url("retention")),
        ]
    }

    /// The owner's address, which commands that found and help need.
    pub(crate) fn owner_url(&self) -> String {
        SERVER.url("threadwell_owner", PASSWORD, &self.name)
    }

    /// A connection that no protection holds for.
    pub(crate) fn superuser(&self) -> PgConnection {
        superuser(&SERVER, &self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        drop(superuser(&SERVER, "postgres").batch_execute(&sql));
    }
}

/// The keys of every app: the same, so that copies of one database can be read.
pub(crate) fn keys() -> Arc<InstallationKeys> {
    Arc::new(InstallationKeys::new(&Secret::new(ROOT), "threadwell").unwrap())
}

fn settings(server: &PostgresServer, database: &str) -> PgSettings {
    let url = |role: &str| server.url(&format!("threadwell_{role}"), PASSWORD, database);
    let mut settings = PgSettings::new(url("staff"), url("portal"), url("worker"));
    settings.owner_url = Some(url("owner"));
    settings.pool_size = CONNECTIONS;
    settings.acquire_timeout = Duration::from_secs(20);
    settings
}

fn connect(server: &PostgresServer, database: &str, clock: Arc<FixedClock>) -> PgStore {
    PgStore::connect(&settings(server, database), keys(), clock)
}

fn superuser(server: &PostgresServer, database: &str) -> PgConnection {
    PgConnection::establish(&server.superuser_url(database)).unwrap()
}
