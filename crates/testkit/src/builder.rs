//! How an app is to be.

use crate::app::{Behind, TestApp};
use crate::clock::FixedClock;
use crate::database::{CONNECTIONS, Database, keys};
use crate::files::TestFiles;
use crate::mail::Post;
use crate::{logs, people};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use threadwell_application::ports::MalwareScanner;
use threadwell_clamav::{ClamdScanner, ClamdSettings};
use threadwell_domain::attachment::UploadLimits;
use threadwell_server::http::{HttpSettings, Metrics, Parts, start};
use tokio::runtime::Runtime;

/// Where browsers are told that every app is.
pub(crate) const ORIGIN: &str = "https://threadwell.test";

/// Settings of an app to be started.
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder {
    has_smtp: bool,
    trusted_proxy_hops: usize,
    writes_per_minute: u32,
    searches_per_minute: u32,
    practice_bytes_a_day: u64,
    scanner: Option<Arc<dyn MalwareScanner>>,
}

impl Default for Builder {
    fn default() -> Self {
        let practice_bytes_a_day = UploadLimits::default().practice_bytes_a_day;
        Self {
            has_smtp: false,
            trusted_proxy_hops: 0,
            writes_per_minute: 100_000,
            searches_per_minute: 1_000_000,
            practice_bytes_a_day,
            scanner: None,
        }
    }
}

impl Builder {
    /// Sends mail to a real SMTP server with STARTTLS and AUTH.
    pub fn with_smtp(mut self) -> Self {
        self.has_smtp = true;
        self
    }

    /// Stands behind so many proxies.
    pub fn with_proxies(mut self, hops: usize) -> Self {
        self.trusted_proxy_hops = hops;
        self
    }

    /// Lets a session write so many messages a minute.
    pub fn with_writes_per_minute(mut self, limit: u32) -> Self {
        self.writes_per_minute = limit;
        self
    }

    /// Lets a person search so often in a minute.
    pub fn with_searches_per_minute(mut self, limit: u32) -> Self {
        self.searches_per_minute = limit;
        self
    }

    /// Lets a practice upload so many bytes a day.
    pub fn with_practice_bytes_a_day(mut self, limit: u64) -> Self {
        self.practice_bytes_a_day = limit;
        self
    }

    /// Has files scanned by the clamd on this port instead of the demo's scanner.
    pub fn with_clamd(mut self, port: u16) -> Self {
        let address = format!("127.0.0.1:{port}").parse().unwrap();
        self.scanner = Some(Arc::new(ClamdScanner::new(ClamdSettings::new(address)).unwrap()));
        self
    }

    /// Has files scanned by this scanner instead of the demo's.
    pub fn with_scanner(mut self, scanner: Arc<dyn MalwareScanner>) -> Self {
        self.scanner = Some(scanner);
        self
    }

    /// Starts the app.
    pub fn start(self) -> TestApp {
        logs::keep();
        let directory = tempfile::tempdir().unwrap();
        let clock = Arc::new(FixedClock::at_start());
        let database = Database::copy();
        let store = Arc::new(database.store(clock.clone()));
        let post = Post::open(&directory, clock.clone(), self.has_smtp);
        let files = TestFiles::new(directory.path(), clock.clone(), self.scanner.clone());
        let behind = Behind { store, database, post, files, clock, directory };
        let parts = self.parts(&behind);
        let runtime = Runtime::new().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let metrics = Arc::new(Metrics::new().unwrap());
        let running = runtime.block_on(async { start(parts, metrics, listener, 1) }).unwrap();
        TestApp::new(runtime, running, behind)
    }

    fn parts(self, behind: &Behind) -> Parts {
        Parts {
            store: behind.store.clone(),
            throttle: behind.store.clone(),
            clock: behind.clock.clone(),
            keys: keys(),
            passwords: people::passwords(),
            files: behind.files.ports(),
            feed: Arc::new(behind.database.feed(&behind.store)),
            settings: HttpSettings {
                public_origin: ORIGIN.to_owned(),
                trusted_proxy_hops: self.trusted_proxy_hops,
                staff_app: built_app(behind.directory.path(), "staff"),
                portal_app: built_app(behind.directory.path(), "portal"),
                demo_mailbox: Some(behind.post.mailbox.clone()),
                database_connections: CONNECTIONS as usize,
                requests_per_minute: 1_000_000,
                writes_per_minute: self.writes_per_minute,
                searches_per_minute: self.searches_per_minute,
                upload_limits: UploadLimits {
                    practice_bytes_a_day: self.practice_bytes_a_day,
                    ..UploadLimits::default()
                },
            },
        }
    }
}

/// A stand-in for a built app: its page and one asset.
fn built_app(directory: &Path, name: &str) -> std::path::PathBuf {
    let app = directory.join(name);
    std::fs::create_dir_all(app.join("assets")).unwrap();
    std::fs::write(app.join("index.html"), format!("<!doctype html><title>{name}</title>")).unwrap();
    std::fs::write(app.join("assets/index-1.js"), "export {};").unwrap();
    app
}
