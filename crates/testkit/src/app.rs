//! The running product.

use crate::builder::{Builder, ORIGIN};
use crate::clock::FixedClock;
use crate::database::Database;
use crate::files::TestFiles;
use crate::mail::{Mail, Post, send_and_die};
use crate::people::{self, Person};
use crate::practice::{HILLSIDE, Practice, RIVERSIDE};
use crate::request::Request;
use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use threadwell_application::Error;
use threadwell_application::access::Caller;
use threadwell_application::delivery::{Delivered, Links, SendMail, Worker};
use threadwell_application::files::{
    FileWorker, FilesDone, Finding, Swept, Waiting, sweep_orphans, verify_files,
};
use threadwell_application::ports::{Clock, OutgoingMail, Store};
use threadwell_application::search::{Indexed, Indexer};
use threadwell_devstack::Faults;
use threadwell_domain::PatientId;
use threadwell_domain::access::Role;
use threadwell_postgres::PgStore;
use threadwell_server::http::Running;
use tokio::runtime::Runtime;

/// How long a worker holds a job.
const LEASE: Duration = Duration::minutes(2);
/// How many files a worker works on at once.
const FILES_AT_ONCE: i64 = 4;

/// The whole product for one test. Dropping it stops the server, fails if a mail is stuck, and removes everything.
pub struct TestApp {
    // Fields are dropped in this order: the server and its connections go before their database.
    running: Option<Running>,
    runtime: Runtime,
    store: Arc<PgStore>,
    post: Post,
    files: Arc<TestFiles>,
    database: Database,
    clock: Arc<FixedClock>,
    directory: TempDir,
    address: SocketAddr,
    numbers: AtomicU32,
}

/// What an app stands on.
pub(crate) struct Behind {
    pub(crate) store: Arc<PgStore>,
    pub(crate) database: Database,
    pub(crate) post: Post,
    pub(crate) files: Arc<TestFiles>,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) directory: TempDir,
}

impl TestApp {
    /// Starts with the usual settings.
    pub fn start() -> Self {
        Builder::default().start()
    }

    /// Starts as told.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(runtime: Runtime, running: Running, behind: Behind) -> Self {
        let Behind { store, database, post, files, clock, directory } = behind;
        let address = running.address;
        let numbers = AtomicU32::new(1);
        Self {
            running: Some(running),
            runtime,
            store,
            post,
            files,
            database,
            clock,
            directory,
            address,
            numbers,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where browsers are told that it is.
    pub fn origin(&self) -> &'static str {
        ORIGIN
    }

    /// The clock of everything in it.
    pub fn clock(&self) -> &FixedClock {
        &self.clock
    }

    /// The same clock, for what outlives a borrow.
    pub fn shared_clock(&self) -> Arc<FixedClock> {
        self.clock.clone()
    }

    /// The data behind the server.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// The first practice.
    pub fn riverside(&self) -> Practice<'_> {
        Practice { app: self, tenant: RIVERSIDE, slug: "riverside", address: self.address }
    }

    /// The second practice.
    pub fn hillside(&self) -> Practice<'_> {
        Practice { app: self, tenant: HILLSIDE, slug: "hillside", address: self.address }
    }

    /// A member of the first practice's staff, signed in.
    pub fn staff(&self, role: Role) -> Person {
        self.riverside().staff(role)
    }

    /// A patient of the first practice with a portal account, signed in.
    pub fn patient(&self, name: &str) -> Person {
        self.riverside().patient(name)
    }

    /// A portal account of the first practice that acts for other patients, signed in.
    pub fn guardian(&self, name: &str, of: &[PatientId]) -> Person {
        self.riverside().guardian(name, of)
    }

    /// A request of nobody in particular.
    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::to(self.address, method, path)
    }

    /// Does all that the worker has to do now.
    pub fn run_worker(&self) -> Delivered {
        self.work(&|mail| self.runtime.block_on(self.post.notifier.send(mail)))
    }

    /// Runs a worker that is killed between handing a mail over and marking it.
    pub fn run_dying_worker(&self) {
        let send = |mail: &OutgoingMail| self.runtime.block_on(self.post.notifier.send(mail));
        self.work(&|mail| send_and_die(send, mail));
    }

    /// Storage, scanner and inspector, with their switches.
    pub fn files(&self) -> &TestFiles {
        &self.files
    }

    /// Does all that the worker has to do with files now.
    pub fn run_file_worker(&self) -> FilesDone {
        self.run_file_worker_until(&|| false)
    }

    /// Does what the worker has to do with files until it is told to stop.
    pub fn run_file_worker_until(&self, is_stopped: &(dyn Fn() -> bool + Sync)) -> FilesDone {
        let wait = |future: Pin<Box<dyn Future<Output = ()> + Send + '_>>| self.runtime.block_on(future);
        let files = Waiting { ports: &self.files.ports(), wait: &wait };
        let worker = FileWorker {
            store: &*self.store,
            clock: &*self.clock,
            files,
            is_stopped,
            lease: LEASE,
            batch: FILES_AT_ONCE,
        };
        worker.run_due().unwrap()
    }

    /// Removes objects of more than a day that no row names.
    pub fn sweep_orphans(&self) -> usize {
        self.try_sweep(false).removed
    }

    /// Does so, whatever their number if it is forced.
    pub fn try_sweep(&self, is_forced: bool) -> Swept {
        let wait = |future: Pin<Box<dyn Future<Output = ()> + Send + '_>>| self.runtime.block_on(future);
        let files = Waiting { ports: &self.files.ports(), wait: &wait };
        sweep_orphans(&*self.store, files, self.clock.now(), is_forced).unwrap()
    }

    /// What does not agree between rows and objects.
    pub fn verify_files(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.verify_files_and(&mut |finding| findings.push(finding));
        findings
    }

    /// The same, one after the other as they are found.
    pub fn verify_files_and(&self, tell: &mut dyn FnMut(Finding)) {
        let wait = |future: Pin<Box<dyn Future<Output = ()> + Send + '_>>| self.runtime.block_on(future);
        let files = Waiting { ports: &self.files.ports(), wait: &wait };
        verify_files(&*self.store, files, tell).unwrap();
    }

    /// Lets a worker's hold on its jobs run out.
    pub fn let_lease_pass(&self) {
        self.clock.advance(LEASE + Duration::seconds(1));
    }

    /// Indexes all new messages, and ends every rebuild.
    pub fn run_indexer(&self) -> Indexed {
        self.run_indexer_until(&|| false, 50)
    }

    /// Indexes in transactions of so many messages until it is told to stop.
    pub fn run_indexer_until(&self, is_stopped: &dyn Fn() -> bool, batch: i64) -> Indexed {
        Indexer { store: &*self.store, batch, is_stopped }.run_due(self.clock.now()).unwrap()
    }

    fn work(&self, send: &SendMail<'_>) -> Delivered {
        self.run_indexer();
        let links = Links { origin: ORIGIN.to_owned() };
        let keys = crate::database::keys();
        let secrets = |caller: &Caller, mail, link| {
            keys.mail_secret(caller.tenant().unwrap(), mail, link).map_err(Error::unavailable)
        };
        let secrets = &secrets;
        let worker = Worker { store: &*self.store, send, links, secrets, lease: LEASE, batch: 20 };
        worker.run_due(self.clock.now()).unwrap()
    }

    /// How the SMTP server behaves from now on.
    pub fn set_mail_faults(&self, faults: &Faults) {
        self.post.set_faults(faults);
    }

    /// The mails that arrived, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        if let Some(received) = self.post.received() {
            return received;
        }
        let mut mails = self.runtime.block_on(self.post.mailbox.list(10_000)).unwrap();
        mails.reverse();
        let mail = |mail: threadwell_smtp::StoredMail| Mail {
            to: mail.to.expose().to_owned(),
            raw: format!("{}\n{}\n{}\n{}", mail.to.expose(), mail.subject, mail.message_id, mail.text),
            subject: mail.subject,
            text: mail.text,
            message_id: mail.message_id,
        };
        mails.into_iter().map(mail).collect()
    }

    /// Runs SQL past every protection.
    pub fn sql(&self, sql: &str) {
        self.database.superuser().batch_execute(sql).unwrap();
    }

    /// The number that a query of one number gives, past every protection.
    pub fn number_of(&self, query: &str) -> i64 {
        let sql = diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("({query})::bigint"));
        diesel::select(sql).get_result(&mut self.database.superuser()).unwrap()
    }

    /// The text that a query of one text gives, past every protection; empty for null.
    pub fn text_of(&self, query: &str) -> String {
        let sql = diesel::dsl::sql::<diesel::sql_types::Text>(&format!("coalesce(({query})::text, '')"));
        diesel::select(sql).get_result(&mut self.database.superuser()).unwrap()
    }

    pub(crate) fn superuser(&self) -> diesel::PgConnection {
        self.database.superuser()
    }

    /// The superuser's address, for tools such as `pg_dump`.
    pub fn superuser_url(&self) -> String {
        self.database.superuser_url()
    }

    /// The owner's address.
    pub(crate) fn owner_url(&self) -> String {
        self.database.owner_url()
    }

    /// What a process of the product needs to know to work on the same data.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let directory = |name: &str| self.directory.path().join(name).to_string_lossy().into_owned();
        let mut settings = self.database.environment();
        settings.extend([
            ("THREADWELL_ENV", "development".to_owned()),
            ("THREADWELL_PUBLIC_ORIGIN", ORIGIN.to_owned()),
            ("THREADWELL_PASSWORD_PEPPER", people::pepper()),
            ("THREADWELL_MAILBOX_DIR", directory("mail-of-processes")),
            ("THREADWELL_FILES_DIR", directory("files")),
            ("THREADWELL_WEB_DIR", directory("")),
            ("THREADWELL_REQUESTS_PER_MINUTE", "1000000".to_owned()),
            // Without the header of a proxy the connection's own address counts.
            ("THREADWELL_TRUSTED_PROXY_HOPS", "1".to_owned()),
            ("THREADWELL_WRITES_PER_MINUTE", "1000000".to_owned()),
            ("THREADWELL_SEARCHES_PER_MINUTE", "1000000".to_owned()),
        ]);
        settings
    }

    /// A number that no one had before, for names and addresses.
    pub(crate) fn number(&self) -> u32 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Jobs that the worker should have ended or put off.
    fn stuck(&self) -> i64 {
        let now = self.clock.now().to_rfc3339();
        self.number_of(&format!(
            "SELECT count(*) FROM outbox WHERE done_at IS NULL AND dead_at IS NULL AND due_at <= '{now}' \
             AND (lease_until IS NULL OR lease_until <= '{now}')"
        ))
    }
}

impl std::fmt::Debug for TestApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TestApp").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let stuck = if std::thread::panicking() {
            0
        } else {
            self.run_worker();
            self.stuck()
        };
        if let Some(running) = self.running.take() {
            drop(self.runtime.block_on(running.stop()));
        }
        assert_eq!(stuck, 0, "jobs of the outbox are stuck");
    }
}
