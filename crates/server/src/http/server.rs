//! Listening, and stopping without cutting anybody off.

use super::metrics::Metrics;
use super::observe::observe;
use super::state::{Parts, State};
use super::{demo_mail, parameters, routes, static_files};
use crate::live::LiveThreads;
use actix_web::dev::ServerHandle;
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::{App, HttpServer, web};
use std::any::Any;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

const HEADER_LIMIT: Duration = Duration::from_secs(5);
const KEEP_ALIVE: Duration = Duration::from_secs(30);
const SHUTDOWN_LIMIT_SECONDS: u64 = 25;
/// How long a client may leave what it was sent unread.
const UNREAD_LIMIT: Duration = Duration::from_secs(30);
const FORGET_EVERY: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_secs(30);
const LOOK_LIMIT: Duration = Duration::from_secs(5);

/// A server that listens.
#[derive(Debug)]
pub struct Running {
    /// Where.
    pub address: SocketAddr,
    handle: ServerHandle,
    live: LiveThreads,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Takes no new requests, tells those who look on, finishes those under way (at most 25 s), and ends.
    ///
    /// # Errors
    /// The server had failed.
    pub async fn stop(self) -> io::Result<()> {
        self.live.stop();
        self.handle.stop(true).await;
        self.task.await.unwrap_or_else(|join| Err(io::Error::other(join)))
    }

    /// Waits until the server ends by itself, which it does only when it fails.
    ///
    /// # Errors
    /// Why it failed.
    pub async fn ended(&mut self) -> io::Result<()> {
        (&mut self.task).await.unwrap_or_else(|join| Err(io::Error::other(join)))
    }
}

/// Serves the API and both apps on a socket, with so many threads.
///
/// # Errors
/// The socket cannot be used.
pub fn start(
    parts: Parts,
    metrics: Arc<Metrics>,
    listener: TcpListener,
    threads: usize,
) -> io::Result<Running> {
    let address = listener.local_addr()?;
    let both_audiences = 2 * parts.settings.database_connections;
    let blocking_threads = both_audiences.div_ceil(threads.max(1)) + 2;
    let has_mailbox = parts.settings.demo_mailbox.is_some();
    let live = LiveThreads::start(parts.feed.clone(), parts.store.clone())?;
    let state = web::Data::new(State::new(parts, metrics, live.hub()).map_err(io::Error::other)?);
    let limits = state.clone();
    let watched = state.clone();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .configure(routes::register)
            .configure(|app| demo_mail::register(app, has_mailbox))
            .default_service(web::to(static_files::fall_back).wrap(from_fn(static_files::whole_files)))
            .wrap(from_fn(parameters::only_known))
            .wrap(Compress::default())
            .wrap(from_fn(observe))
    })
    .workers(threads)
    .worker_max_blocking_threads(blocking_threads)
    .client_request_timeout(HEADER_LIMIT)
    .on_connect(|connection, _| give_up_on_the_deaf(connection))
    .keep_alive(KEEP_ALIVE)
    .shutdown_timeout(SHUTDOWN_LIMIT_SECONDS)
    .disable_signals()
    .listen(listener)?
    .run();
    let handle = server.handle();
    tokio::spawn(async move {
        let mut tick = tokio::time::interval(FORGET_EVERY);
        loop {
            tick.tick().await;
            limits.limits.forget_quiet();
        }
    });
    tokio::spawn(watch_files(watched));
    Ok(Running { address, handle, live, task: tokio::spawn(server) })
}

/// The system closes a connection whose other end takes nothing for so long.
fn give_up_on_the_deaf(connection: &dyn Any) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
    let limit = u32::try_from(UNREAD_LIMIT.as_millis()).unwrap_or(u32::MAX);
    if let Err(error) = rustix::net::sockopt::set_tcp_user_timeout(stream, limit) {
        tracing::warn!(%error, "a connection's limit cannot be set");
    }
}

/// Text goes on without storage and scanner, so readiness does not ask for them; the figures say how they are.
async fn watch_files(state: web::Data<State>) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    loop {
        tick.tick().await;
        let storage = tokio::time::timeout(LOOK_LIMIT, state.files.storage.ready()).await;
        state.metrics.dependency("storage", matches!(storage, Ok(Ok(()))));
        let scanner = tokio::time::timeout(LOOK_LIMIT, state.files.scanner.ready()).await;
        state.metrics.dependency("scanner", matches!(scanner, Ok(Ok(()))));
    }
}
