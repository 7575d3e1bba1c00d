//! A private PostgreSQL: own data directory, own socket, TCP on 127.0.0.1, SCRAM for everybody.

mod binaries;
mod cluster;
mod process;

use std::{
    fs::{File, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::{
    StackError,
    account::Account,
    directory,
    error::Attempting,
    process::free_port,
    watchdog::{Watch, Watchdog},
};
use binaries::Binaries;
use cluster::Cluster;
use process::Postmaster;

/// The superuser that `initdb` makes.
pub const SUPERUSER: &str = "postgres";
/// The longest socket directory that leaves room for the socket's own name in the kernel's 108 bytes.
const SOCKET_DIRECTORY_MAX: usize = 88;

/// What is promised about data when the machine loses power.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// What is committed is on the disk: for development and measurements.
    #[default]
    Durable,
    /// Nothing is: for tests, whose data is thrown away.
    Disposable,
}

/// How to start a private PostgreSQL.
#[derive(Debug, Clone, Default)]
pub struct PostgresOptions {
    /// The TCP port; a free one is chosen if none is given.
    pub port: Option<u16>,
    /// What is promised about data.
    pub durability: Durability,
    /// Further server settings, by name and value; they win over the defaults.
    pub settings: Vec<(String, String)>,
    /// Where the server's programs are, when they are not to be searched.
    pub binaries: Option<PathBuf>,
}

impl PostgresOptions {
    /// Options for tests: nothing is synchronised, any free port.
    pub fn disposable() -> Self {
        Self { durability: Durability::Disposable, ..Self::default() }
    }
}

/// A running private PostgreSQL; dropping it stops the server.
#[derive(Debug)]
pub struct PostgresServer {
    // The order of fields is the order of dropping: the server stops, then the watchdog finds nothing to do, then
    // directories and lock go.
    postmaster: Postmaster,
    _watchdog: Watchdog,
    _scratch: Option<TempDir>,
    _lock: File,
    socket_directory: PathBuf,
    password: String,
    port: u16,
}

impl PostgresServer {
    /// Starts a server on the data kept under `home`, making it at the first time.
    ///
    /// # Errors
    /// Programs are missing, the directory is in use or cannot be entered by the server's account, the port is
    /// taken, or the server does not become ready.
    pub fn start(home: &Path, options: &PostgresOptions) -> Result<Self, StackError> {
        let home = std::path::absolute(home).attempting(|| format!("resolve {}", home.display()))?;
        Self::launch(&home, options, None)
    }

    /// Starts a server on new data that is removed at the end, also when the process is killed.
    ///
    /// # Errors
    /// As [`PostgresServer::start`].
    pub fn ephemeral(options: &PostgresOptions) -> Result<Self, StackError> {
        let scratch = scratch_directory()?;
        let home = scratch.path().to_path_buf();
        Self::launch(&home, options, Some(scratch))
    }

    fn launch(home: &Path, options: &PostgresOptions, scratch: Option<TempDir>) -> Result<Self, StackError> {
        let account = Account::for_server()?;
        directory::check_reachable(account.as_ref(), home)?;
        let cluster = Cluster::open(home, account)?;
        let binaries = Binaries::find(options.binaries.as_deref(), cluster.data(), cluster.major_version())?;
        let is_ephemeral = scratch.is_some();
        cluster.prepare(&binaries, options.durability)?;
        let (socket_directory, scratch) = cluster.socket_directory(scratch)?;
        let postmaster = start_postmaster(&cluster, &binaries, options, &socket_directory)?;
        let watchdog = Watchdog::start(&Watch {
            pid: postmaster.pid(),
            pid_file: &cluster.data().join("postmaster.pid"),
            signal: if is_ephemeral { "QUIT" } else { "INT" },
            remove: scratch.as_ref().map(TempDir::path),
        })?;
        Ok(Self {
            port: postmaster.port(),
            password: cluster.password()?,
            socket_directory,
            postmaster,
            _watchdog: watchdog,
            _scratch: scratch,
            _lock: cluster.into_lock(),
        })
    }

    /// The TCP port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where the Unix socket is; a connection string takes it as host.
    pub fn socket_directory(&self) -> &Path {
        &self.socket_directory
    }

    /// The password of [`SUPERUSER`].
    pub fn superuser_password(&self) -> &str {
        &self.password
    }

    /// The connection URL of the superuser. It holds the password: not for logs.
    pub fn superuser_url(&self, database: &str) -> String {
        self.url(SUPERUSER, &self.password, database)
    }

    /// A connection URL over TCP. User, password and database are taken as they are: letters, digits and `_`.
    pub fn url(&self, user: &str, password: &str, database: &str) -> String {
        format!("postgres://{user}:{password}@127.0.0.1:{}/{database}", self.port)
    }

    /// The postmaster's process id.
    pub fn pid(&self) -> u32 {
        self.postmaster.pid()
    }
}

/// Starts the postmaster; where the port is free to choose, tries again if somebody else was faster.
fn start_postmaster(
    cluster: &Cluster,
    binaries: &Binaries,
    options: &PostgresOptions,
    socket_directory: &Path,
) -> Result<Postmaster, StackError> {
    let mut tries_left = 3;
    loop {
        let port = free_port(options.port)?;
        let settings = process::settings(options, port, socket_directory);
        let started = Postmaster::start(cluster, binaries, &settings, port);
        tries_left -= 1;
        match started {
            Err(StackError::NotReady { detail, .. })
                if options.port.is_none() && tries_left > 0 && detail.contains("Address already in use") => {}
            other => return other,
        }
    }
}

/// A directory for throw-away data that every account may enter. Not below the system's private temporary places.
fn scratch_directory() -> Result<TempDir, StackError> {
    let account = Account::for_server()?;
    let preferred = std::env::temp_dir();
    let parent = match directory::check_reachable(account.as_ref(), &preferred) {
        Ok(()) => preferred,
        Err(_) => PathBuf::from("/tmp"),
    };
    tempfile::Builder::new()
        .prefix("threadwell-pg-")
        .permissions(Permissions::from_mode(0o711))
        .tempdir_in(&parent)
        .attempting(|| format!("make a directory in {}", parent.display()))
}
