//! What is measured: a private durable PostgreSQL and a release server on it.

use crate::environment::{environment, issuer};
use crate::keys::BenchKeys;
use crate::{Outcome, sql};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use threadwell_devstack::postgres::{Durability, PostgresOptions, PostgresServer};
use threadwell_postgres::{PgSettings, RolePasswords, bootstrap, migrate};

/// The name of the measured database.
const DATABASE: &str = "threadwell_bench";

/// Every role's password; the server listens on the loopback alone and is gone after the run.
const PASSWORD: &str = "measured";

/// Where the server's log goes: to a file, as a site keeps it.
const LOG: &str = "server.log";

/// The database.
pub(crate) struct Database {
    server: PostgresServer,
}

impl Database {
    /// Starts it with the settings of the protocol, makes the roles and the schema.
    ///
    /// # Errors
    /// PostgreSQL is missing or refuses.
    pub(crate) fn start(with_statements: bool) -> Outcome<Self> {
        let mut settings = vec![
            ("shared_buffers", "512MB"),
            ("max_wal_size", "8GB"),
            ("checkpoint_timeout", "15min"),
            ("max_connections", "200"),
        ];
        if with_statements {
            settings.push(("shared_preload_libraries", "pg_stat_statements"));
        }
        let options = PostgresOptions {
            durability: Durability::Durable,
            settings: settings
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            ..PostgresOptions::default()
        };
        let database = Self { server: PostgresServer::ephemeral(&options)? };
        sql::run(&database.server.superuser_url("postgres"), &format!("CREATE DATABASE {DATABASE}"))?;
        let password = || PASSWORD.to_owned();
        let passwords = RolePasswords {
            owner: password(),
            staff: password(),
            portal: password(),
            worker: password(),
            retention: password(),
            backup: password(),
        };
        bootstrap(&database.superuser_url(), &passwords)?;
        migrate(&database.url("owner"))?;
        sql::run(&database.superuser_url(), include_str!("../floor/setup.sql"))?;
        Ok(database)
    }

    pub(crate) fn superuser_url(&self) -> String {
        self.server.superuser_url(DATABASE)
    }

    /// The address for one of the roles.
    pub(crate) fn url(&self, role: &str) -> String {
        self.server.url(&format!("threadwell_{role}"), PASSWORD, DATABASE)
    }

    pub(crate) fn settings(&self) -> PgSettings {
        let mut settings = PgSettings::new(self.url("staff"), self.url("portal"), self.url("worker"));
        settings.owner_url = Some(self.url("owner"));
        settings
    }

    pub(crate) fn pid(&self) -> u32 {
        self.server.pid()
    }

    /// What the server says of itself, and whether it is as durable as the protocol asks.
    ///
    /// # Errors
    /// It is not.
    pub(crate) fn description(&self) -> Outcome<String> {
        let shown = sql::run(
            &self.superuser_url(),
            "SELECT current_setting('server_version'), current_setting('fsync'), \
             current_setting('synchronous_commit'), current_setting('full_page_writes'), \
             current_setting('shared_buffers'), pg_size_pretty(pg_database_size(current_database()))",
        )?;
        let shown = shown.trim();
        match shown.split('|').collect::<Vec<_>>().as_slice() {
            [version, "on", "on", "on", buffers, size] => {
                Ok(format!("PostgreSQL {version}, durable, shared_buffers {buffers}, database {size}"))
            }
            _ => Err(format!("the database is not durable: {shown}").into()),
        }
    }
}

/// The server.
pub(crate) struct Server {
    process: Child,
    address: SocketAddr,
    environment: Vec<(&'static str, String)>,
    binary: PathBuf,
    /// From the start of the process to its first answer.
    pub(crate) first_answer: Duration,
    scratch: TempDir,
}

impl Server {
    /// Starts the release build, without the worker: the floor sends no mail either.
    ///
    /// # Errors
    /// It does not start, or does not answer within half a minute.
    pub(crate) fn start(binary: &Path, database: &Database, keys: &BenchKeys) -> Outcome<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let scratch = tempfile::tempdir()?;
        let began = Instant::now();
        let environment = environment(address, database, keys, scratch.path())?;
        let process = Command::new(binary)
            .arg("serve")
            .envs(environment.clone())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(scratch.path().join(LOG))?)
            .spawn()
            .map_err(|source| format!("{}: {source}", binary.display()))?;
        let binary = binary.to_owned();
        let mut server =
            Self { process, address, environment, binary, first_answer: Duration::ZERO, scratch };
        while server.get("/api/ready", None).is_err() {
            if let Some(status) = server.process.try_wait()? {
                let log = fs::read_to_string(server.scratch.path().join(LOG)).unwrap_or_default();
                return Err(format!("the server ended with {status}:\n{log}").into());
            }
            if began.elapsed() > Duration::from_secs(30) {
                return Err("the server does not answer".into());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        server.first_answer = began.elapsed();
        Ok(server)
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Starts a worker beside it.
    ///
    /// # Errors
    /// The program cannot be started.
    pub(crate) fn start_worker(&self) -> Outcome<Beside> {
        let process = Command::new(&self.binary)
            .arg("work")
            .envs(self.environment.clone())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(self.scratch.path().join("worker.log"))?)
            .spawn()?;
        Ok(Beside(process))
    }

    /// Starts another server on the same data; gives where it listens once it answers.
    ///
    /// # Errors
    /// It does not start, or does not answer within half a minute.
    pub(crate) fn start_another(&self) -> Outcome<(Beside, SocketAddr)> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let process = Command::new(&self.binary)
            .arg("serve")
            .envs(self.environment.clone())
            .env("THREADWELL_LISTEN", address.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(self.scratch.path().join("other.log"))?)
            .spawn()?;
        let (other, began) = (Beside(process), Instant::now());
        while TcpStream::connect(address).is_err() {
            if began.elapsed() > Duration::from_secs(30) {
                return Err("the other server does not answer".into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok((other, address))
    }

    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn issuer(&self) -> String {
        issuer(self.address)
    }

    /// Asks once and gives the body of a 200.
    ///
    /// # Errors
    /// Any other answer.
    pub(crate) fn get(&self, path: &str, token: Option<&str>) -> Outcome<String> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let authorization =
            token.map_or_else(String::new, |token| format!("Authorization: Bearer {token}\r\n"));
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{authorization}Connection: close\r\n\r\n",
            self.address
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        if answer.starts_with("HTTP/1.1 200") { Ok(answer) } else { Err(format!("{path}: {answer}").into()) }
    }
}

/// A process beside the measured one; dropping it kills it.
pub(crate) struct Beside(Child);

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It holds nothing that a kill could harm; the database goes next.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
