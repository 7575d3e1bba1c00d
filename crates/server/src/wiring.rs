//! Joins the adapters to the use cases, as the configuration says.

use crate::config::{Config, Environment, MailConfig};
use crate::http::{HttpSettings, Parts};
use crate::secrets::{InstallationKeys, Secret};
use std::fmt;
use std::sync::Arc;
use threadwell_application::access::{Access, Action, Audience, Caller, Credential, RequestContext};
use threadwell_application::delivery::Links;
use threadwell_application::files::FilePorts;
use threadwell_application::ports::{Clock, Notifier, Store, SystemClock};
use threadwell_crypto::passwords::{Password, Passwords};
use threadwell_domain::Phi;
use threadwell_postgres::{PgFeed, PgStore};
use threadwell_smtp::{MailboxDirectory, SmtpNotifier};
use uuid::Uuid;

/// Why a process cannot start as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A serving role is too strong, or a table lacks its policy.
    #[error("the database is not safe to serve from: {0}")]
    Unsafe(#[from] threadwell_postgres::GuardFailure),
    /// The invented people of the demo could sign in.
    #[error("the database holds the demo's people, whose passwords are public")]
    DemoData,
    /// The keys cannot be derived.
    #[error("the root key cannot be used: {0}")]
    Keys(#[from] threadwell_crypto::CryptoError),
    /// Mails cannot be sent as configured.
    #[error("mail cannot be sent as configured: {0}")]
    Mail(#[from] threadwell_smtp::SettingsError),
    /// Files cannot be kept or checked as configured.
    #[error("files cannot be kept as configured: {0}")]
    Files(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The demo's mailbox cannot be opened.
    #[error("the mailbox cannot be opened: {0}")]
    Mailbox(#[source] std::io::Error),
    /// The figures cannot be kept.
    #[error("the metrics cannot be set up: {0}")]
    Metrics(#[from] prometheus::Error),
    /// The data cannot be had.
    #[error("the database does not answer: {0}")]
    Data(#[from] threadwell_application::Error),
}

/// A wired installation.
#[derive(Clone)]
pub struct Wiring {
    /// The data.
    pub store: Arc<PgStore>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Keys derived from the root.
    pub keys: Arc<InstallationKeys>,
    /// Passwords.
    pub passwords: Arc<Passwords>,
    /// Sends mails.
    pub notifier: Arc<dyn Notifier>,
    /// Where the bytes of files are, and who looks into them.
    pub files: FilePorts,
    /// What every node has done.
    pub feed: Arc<PgFeed>,
    /// The demo's mails, where they go into a directory.
    pub mailbox: Option<Arc<MailboxDirectory>>,
    /// The configuration that all of it comes from.
    pub config: Config,
}

impl fmt::Debug for Wiring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wiring").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Wiring {
    /// Wires everything on the machine's clock.
    ///
    /// # Errors
    /// Keys or mail cannot be used as configured.
    pub fn new(config: Config) -> Result<Self, Refusal> {
        Self::with_clock(config, Arc::new(SystemClock))
    }

    /// Wires everything on a clock of the caller's.
    ///
    /// # Errors
    /// Keys or mail cannot be used as configured.
    pub fn with_clock(config: Config, clock: Arc<dyn Clock>) -> Result<Self, Refusal> {
        let keys = Arc::new(InstallationKeys::new(&config.keys.root_key, &config.http.public_origin)?);
        let settings = config.database.settings();
        let store = Arc::new(PgStore::connect(&settings, keys.clone(), clock.clone()));
        let feed = Arc::new(PgFeed::new(&settings, &store));
        let (notifier, mailbox): (Arc<dyn Notifier>, _) = match &config.mail {
            MailConfig::Smtp(smtp) => (Arc::new(SmtpNotifier::new(smtp.settings())?), None),
            MailConfig::Mailbox(directory) => {
                let opened =
                    MailboxDirectory::open(directory.clone(), clock.clone()).map_err(Refusal::Mailbox)?;
                let mailbox = Arc::new(opened);
                (mailbox.clone(), Some(mailbox))
            }
        };
        let passwords = Arc::new(config.keys.passwords());
        let files = crate::files::wire(&config.files, &clock)?;
        Ok(Self { store, clock, keys, passwords, notifier, files, feed, mailbox, config })
    }

    /// Refuses to go on where serving would be unsafe.
    ///
    /// # Errors
    /// What is unsafe, by name.
    pub fn check(&self) -> Result<(), Refusal> {
        threadwell_postgres::guard(&self.config.database.settings())?;
        self.store.ready()?;
        if self.config.environment == Environment::Production && self.demo_can_sign_in()? {
            return Err(Refusal::DemoData);
        }
        Ok(())
    }

    /// Whether a demo practice's administrator has the demo's password.
    fn demo_can_sign_in(&self) -> Result<bool, Refusal> {
        let store: &dyn Store = &*self.store;
        for practice in store.practices()? {
            let email = Phi::new(format!("admin@{}.example", practice.slug));
            let visitor = Caller {
                credential: Credential::Visitor {
                    audience: Audience::Staff,
                    tenant: Some(practice.id),
                    email: Some(email.clone()),
                },
                request: RequestContext {
                    request_id: Uuid::now_v7(),
                    ip: None,
                    is_activity: false,
                    tenant_assertion: None,
                },
            };
            let record = store.transact(&Access::to(&visitor, Action::FindLogin), |tx| {
                tx.sessions().login_record(&email)
            })?;
            let demo = Password::parse(crate::demo::PASSWORD).ok();
            let fits = |hash: &str| demo.as_ref().is_some_and(|demo| self.passwords.verify(demo, Some(hash)));
            if record.is_some_and(|record| fits(&record.password_hash)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What the HTTP side is wired from.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let http = &self.config.http;
        Parts {
            store: self.store.clone(),
            throttle: self.store.clone(),
            clock: self.clock.clone(),
            keys: self.keys.clone(),
            passwords: self.passwords.clone(),
            files: self.files.clone(),
            feed: self.feed.clone(),
            settings: HttpSettings {
                public_origin: http.public_origin.clone(),
                trusted_proxy_hops: http.trusted_proxy_hops,
                staff_app: http.web_directory.join("staff"),
                portal_app: http.web_directory.join("portal"),
                demo_mailbox: self.mailbox.clone(),
                database_connections: usize::try_from(self.config.database.pool_size).unwrap_or(1),
                requests_per_minute: http.requests_per_minute,
                writes_per_minute: http.writes_per_minute,
                searches_per_minute: http.searches_per_minute,
                upload_limits: self.config.files.limits,
            },
        }
    }

    /// What mails link to.
    #[must_use]
    pub fn links(&self) -> Links {
        Links { origin: self.config.http.public_origin.clone() }
    }
}

/// The stored form of a password that an operator chose.
///
/// # Errors
/// It is empty, too long or holds a NUL, or hashing is impossible.
pub fn stored_password(passwords: &Passwords, typed: &Secret) -> Result<String, &'static str> {
    let password = Password::parse(typed.expose())
        .map_err(|_| "is empty, longer than 128 characters, or holds a NUL")?;
    passwords.hash(&password).map_err(|_| "cannot be hashed")
}
