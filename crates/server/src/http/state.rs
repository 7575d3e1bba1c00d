//! What every request can reach.

use super::attachments::turns::Turns;
use super::blocking::Blocking;
use super::cursor::Cursors;
use super::events::EventIds;
use super::limits::RequestLimits;
use super::metrics::Metrics;
use crate::account_secrets::ServerSecrets;
use crate::live::Hub;
use crate::secrets::InstallationKeys;
use actix_web::http::Uri;
use std::path::PathBuf;
use std::sync::Arc;
use threadwell_application::access::Audience;
use threadwell_application::files::FilePorts;
use threadwell_application::ports::{Clock, Feed, SignInThrottle, Store};
use threadwell_crypto::CryptoError;
use threadwell_crypto::access_tokens::{AccessTokenSigner, AccessTokenVerifier, Claims, Subject};
use threadwell_crypto::passwords::Passwords;
use threadwell_domain::attachment::UploadLimits;
use threadwell_passkeys::WebauthnPasskeys;
use threadwell_smtp::MailboxDirectory;
use tokio::sync::Semaphore;

/// How the server faces its clients.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// Where browsers reach it, such as `https://messages.example.org`.
    pub public_origin: String,
    /// How many proxies in front append to X-Forwarded-For.
    pub trusted_proxy_hops: usize,
    /// The built staff app.
    pub staff_app: PathBuf,
    /// The built portal app.
    pub portal_app: PathBuf,
    /// The demo's mails, shown as a page.
    pub demo_mailbox: Option<Arc<MailboxDirectory>>,
    /// Requests of each audience that may use the database at once.
    pub database_connections: usize,
    /// Requests that one person may make in a minute.
    pub requests_per_minute: u32,
    /// Messages and threads that one person may write in a minute.
    pub writes_per_minute: u32,
    /// Searches, and suggestions for them, that one person may ask for in a minute.
    pub searches_per_minute: u32,
    /// What may be uploaded.
    pub upload_limits: UploadLimits,
}

impl HttpSettings {
    /// Whether browsers come over TLS, which the proxy in front ends.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_origin.parse::<Uri>().is_ok_and(|origin| origin.scheme_str() == Some("https"))
    }
}

/// What the server is wired from.
#[derive(Clone)]
pub struct Parts {
    /// The data.
    pub store: Arc<dyn Store>,
    /// The brake on sign-ins.
    pub throttle: Arc<dyn SignInThrottle>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Keys derived from the installation's root.
    pub keys: Arc<InstallationKeys>,
    /// Passwords.
    pub passwords: Arc<Passwords>,
    /// Where the bytes of files are, and who looks into them.
    pub files: FilePorts,
    /// What every node has done.
    pub feed: Arc<dyn Feed>,
    /// How the server faces its clients.
    pub settings: HttpSettings,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// What every request can reach.
pub(crate) struct State {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) throttle: Arc<dyn SignInThrottle>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) keys: Arc<InstallationKeys>,
    pub(crate) passwords: Arc<Passwords>,
    /// None where browsers reach the server by a bare address, to which no passkey can belong.
    pub(crate) passkeys: Option<WebauthnPasskeys>,
    pub(crate) files: FilePorts,
    /// Whose upload is looked into next.
    pub(crate) inspecting: Turns,
    pub(crate) tokens: Tokens,
    pub(crate) cursors: Cursors,
    pub(crate) event_ids: EventIds,
    /// Everybody who looks on.
    pub(crate) live: Arc<Hub>,
    pub(crate) blocking: Blocking,
    /// Hashing a password takes a whole core for a tenth of a second: no flood of sign-ins may take them all.
    pub(crate) hashing: Semaphore,
    pub(crate) limits: RequestLimits,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) settings: HttpSettings,
}

const HASHES_AT_ONCE: usize = 2;

impl State {
    /// Wires the parts. The metrics are shared by all threads of a process.
    ///
    /// # Errors
    /// The cryptography refuses.
    pub(crate) fn new(parts: Parts, metrics: Arc<Metrics>, live: Arc<Hub>) -> Result<Self, CryptoError> {
        let (signer, verifier) = (parts.keys.signer(), parts.keys.signer().verifier());
        Ok(Self {
            tokens: Tokens { signer, verifier, clock: parts.clock.clone() },
            cursors: Cursors::new(parts.keys.cursor_key()),
            event_ids: EventIds::new(parts.keys.event_key())?,
            live,
            blocking: Blocking::new(parts.settings.database_connections),
            hashing: Semaphore::new(HASHES_AT_ONCE),
            limits: RequestLimits::new(&parts.settings),
            store: parts.store,
            throttle: parts.throttle,
            clock: parts.clock,
            keys: parts.keys,
            passwords: parts.passwords,
            passkeys: WebauthnPasskeys::new(&parts.settings.public_origin).ok(),
            files: parts.files,
            inspecting: Turns::default(),
            settings: parts.settings,
            metrics,
        })
    }
}

/// Issues and verifies access tokens at the server's own time.
pub(crate) struct Tokens {
    signer: Arc<AccessTokenSigner>,
    verifier: AccessTokenVerifier,
    clock: Arc<dyn Clock>,
}

/// How long an access token lasts.
pub(crate) const ACCESS_TOKEN_SECONDS: i64 = 600;

impl Tokens {
    /// The claims of a genuine, current token of the audience.
    pub(crate) fn verify(&self, token: &str, audience: Audience) -> Option<Claims> {
        let now = self.clock.now().timestamp();
        self.verifier.verify(token, super::identity::token_audience(audience), now).ok()
    }

    /// A token for a session.
    pub(crate) fn issue(&self, subject: &Subject) -> Result<String, threadwell_crypto::CryptoError> {
        self.signer.issue(subject, self.clock.now().timestamp(), ACCESS_TOKEN_SECONDS)
    }
}

impl State {
    /// What the cryptography does for accounts.
    pub(crate) fn account_secrets(&self) -> ServerSecrets {
        ServerSecrets::new(self.keys.clone(), self.passwords.clone())
    }

    /// Runs a use case of staff, or of nobody in particular, off the async threads.
    pub(crate) async fn run<T, F>(&self, work: F) -> super::error::ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Store) -> threadwell_application::Result<T> + Send + 'static,
    {
        self.run_for(Audience::Staff, work).await
    }

    /// Runs a use case of an audience off the async threads.
    pub(crate) async fn run_for<T, F>(&self, audience: Audience, work: F) -> super::error::ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Store) -> threadwell_application::Result<T> + Send + 'static,
    {
        let store = self.store.clone();
        self.blocking.run(audience, move || work(&*store)).await
    }
}
