//! `threadwell dev`: everything on one machine, for looking around. A private PostgreSQL, its data kept; both apps;
//! the worker; and a mailbox instead of a mail server.

use super::serve::serve_until_told;
use super::{Failure, demo, output, runtime};
use crate::config::{Config, ScannerConfig};
use crate::wiring::Wiring;
use crate::worker::WorkerThread;
use crate::{logging, secrets::Secret};
use clap::Args;
use secrets_file::DevSecrets;
use std::fmt::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use threadwell_devstack::{PostgresOptions, PostgresServer, reachable_directory};
use threadwell_postgres::{bootstrap, create_database, database_exists, migrate};

mod secrets_file;
mod settings_file;

const DATABASE: &str = "threadwell";

/// Starts a private database and everything else.
#[derive(Args)]
pub(super) struct Dev {
    /// Starts over: drops the data that was kept.
    #[arg(long)]
    reset: bool,
    /// Writes the settings of this installation to a file, secrets included, for a second server beside it.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
}

impl Dev {
    pub(super) fn run(&self) -> Result<(), Failure> {
        logging::start(&std::env::var("THREADWELL_LOG").unwrap_or_else(|_| "warn".to_owned()));
        let preferred = std::env::var("THREADWELL_DATA_DIR").unwrap_or_else(|_| ".data".to_owned());
        let home = reachable_directory(Path::new(&preferred))?;
        if self.reset {
            remove(&home)?;
        }
        let listener = TcpListener::bind(listen_address()?).map_err(|error| {
            Failure::Usage(format!("The address {} cannot be used: {error}", listen_text()))
        })?;
        let secrets = DevSecrets::open(&home)?;
        let server = PostgresServer::start(&home.join("postgres"), &PostgresOptions::default())?;
        let wiring = prepare(&home, &secrets, &server)?;
        if let Some(path) = &self.settings {
            settings_file::write(path, &|name| setting(name, &home, &secrets, &server))?;
        }
        let summary = demo::load(&wiring)?;
        if summary.practices > 0 {
            output::say("The demo's practices, people and conversations have been loaded.");
        }
        let runtime = runtime()?;
        let worker = WorkerThread::start(wiring.clone(), runtime.handle().clone())?;
        let origin = wiring.config.http.public_origin.clone();
        let scanner = wiring.config.files.scanner.clone();
        let served = runtime
            .block_on(serve_until_told(&wiring, listener, || output::say(&welcome(&origin, &scanner))));
        worker.stop();
        drop(wiring);
        drop(server);
        served
    }
}

fn remove(home: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(home) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn listen_text() -> String {
    std::env::var("THREADWELL_LISTEN").unwrap_or_else(|_| "127.0.0.1:4000".to_owned())
}

fn listen_address() -> Result<std::net::SocketAddr, Failure> {
    listen_text()
        .parse()
        .map_err(|_| Failure::Usage("THREADWELL_LISTEN must be an address and a port.".to_owned()))
}

/// Brings the private database up to date and wires everything to it.
fn prepare(home: &Path, secrets: &DevSecrets, server: &PostgresServer) -> Result<Wiring, Failure> {
    let superuser = server.superuser_url("postgres");
    if !database_exists(&superuser, DATABASE)? {
        create_database(&superuser, DATABASE, None)?;
    }
    bootstrap(&server.superuser_url(DATABASE), &secrets.roles())?;
    migrate(&server.url("threadwell_owner", &secrets.owner, DATABASE))?;
    let config = Config::read(&|name| setting(name, home, secrets, server))?;
    let wiring = Wiring::new(config)?;
    wiring.check()?;
    Ok(wiring)
}

/// The settings of this machine; a few may be given from outside.
fn setting(name: &str, home: &Path, secrets: &DevSecrets, server: &PostgresServer) -> Option<String> {
    let url = |role: &str, password: &Secret| server.url(role, password.expose(), DATABASE);
    let mailbox: PathBuf = home.join("mail");
    match name {
        "THREADWELL_ENV" => Some("demo".to_owned()),
        "THREADWELL_ROOT_KEY" => Some(secrets.root_key.expose().to_owned()),
        "THREADWELL_PASSWORD_PEPPER" => Some(secrets.pepper.expose().to_owned()),
        "THREADWELL_DATABASE_STAFF_URL" => Some(url("threadwell_staff", &secrets.staff)),
        "THREADWELL_DATABASE_PORTAL_URL" => Some(url("threadwell_portal", &secrets.portal)),
        "THREADWELL_DATABASE_WORKER_URL" => Some(url("threadwell_worker", &secrets.worker)),
        "THREADWELL_DATABASE_RETENTION_URL" => {
            Some(server.url("threadwell_retention", &secrets.retention, DATABASE))
        }
        "THREADWELL_DATABASE_OWNER_URL" => Some(server.url("threadwell_owner", &secrets.owner, DATABASE)),
        "THREADWELL_FILES_DIR" => Some(home.join("files").to_string_lossy().into_owned()),
        "THREADWELL_SCANNER" => Some(std::env::var(name).unwrap_or_else(|_| "eicar".to_owned())),
        "THREADWELL_MAILBOX_DIR" => Some(mailbox.to_string_lossy().into_owned()),
        "THREADWELL_PUBLIC_ORIGIN" => {
            let port = listen_address().map_or(crate::config::DEFAULT_PORT, |address| address.port());
            Some(std::env::var(name).unwrap_or_else(|_| format!("http://localhost:{port}")))
        }
        _ => std::env::var(name).ok(),
    }
}

/// What a first visitor reads.
fn welcome(origin: &str, scanner: &ScannerConfig) -> String {
    let scanner = match scanner {
        ScannerConfig::Eicar => {
            "Uploads are scanned for the EICAR test file alone: this is no malware scanner.".to_owned()
        }
        ScannerConfig::Clamd(address) => format!("Uploads are scanned by clamd at {address}."),
    };
    let mut text = format!(
        "\nThreadwell is running. Ctrl-C stops everything; the data is kept.\n\n\
         \x20 Staff inbox      {origin}/\n\
         \x20 Patient portal   {origin}/portal\n\
         \x20 API docs         {origin}/api/docs\n\
         \x20 Demo mailbox     {origin}/demo/mail\n\n\
         Every demo password is {}. Two practices: riverside and hillside.\n\
         {scanner}\n\n",
        crate::demo::PASSWORD
    );
    for (who, email) in [
        ("Administrator", "admin@riverside.example"),
        ("Providers", "provider@riverside.example, provider2@riverside.example"),
        ("Nurse", "nurse@riverside.example"),
        ("Medical assistant", "ma@riverside.example"),
        ("Front desk", "frontdesk@riverside.example"),
        ("Billing", "billing@riverside.example"),
        ("Auditor", "auditor@riverside.example"),
        ("Patients", "ana.silva@example.org, ben.okafor@example.org, li.wei@example.org"),
        ("Guardian of two", "carla.mendes@example.org"),
        ("At hillside", "admin@hillside.example, …, and dora.klein@example.org"),
    ] {
        let _ = writeln!(text, "  {who:<18} {email}");
    }
    text
}
