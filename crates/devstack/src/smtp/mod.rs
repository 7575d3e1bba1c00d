//! A private SMTP server that demands TLS and AUTH, keeps every mail it took, and fails on demand.
//!
//! The server is aiosmtpd (Debian's `python3-aiosmtpd`), driven by a script that is embedded here.

mod certificates;
mod faults;
mod mail;

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::{fs::OpenOptionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use serde::Serialize;
use tempfile::TempDir;
use uuid::Uuid;

use crate::{StackError, error::Attempting};
pub use faults::{AfterData, Faults};
pub use mail::ReceivedMail;

const SCRIPT: &str = include_str!("server.py");
const PYTHON: &str = "/usr/bin/python3";
const PROGRAM: &str = "aiosmtpd";
const START_WITHIN: Duration = Duration::from_secs(20);
const APPLY_WITHIN: Duration = Duration::from_secs(5);

/// How the connection becomes private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TlsMode {
    /// Plain at first; nothing but STARTTLS is accepted before it.
    #[default]
    StartTls,
    /// TLS from the first byte.
    Implicit,
}

/// How to start a private SMTP server.
#[derive(Debug, Clone, Default)]
pub struct SmtpOptions {
    /// How the connection becomes private.
    pub tls: TlsMode,
    /// The port on 127.0.0.1; a free one is chosen if none is given.
    pub port: Option<u16>,
}

#[derive(Serialize)]
struct Config<'a> {
    tls: TlsMode,
    port: u16,
    username: &'a str,
    password: &'a str,
}

/// A running private SMTP server; dropping it stops the server and removes its mails.
#[derive(Debug)]
pub struct SmtpServer {
    child: Child,
    /// Its end tells the server that the owner is gone, however it ended.
    pipe: Option<ChildStdin>,
    directory: TempDir,
    port: u16,
    username: String,
    password: String,
    applied: u64,
}

impl SmtpServer {
    /// Starts a server with certificates, user and password of its own.
    ///
    /// # Errors
    /// Python or aiosmtpd are missing, or the server does not become ready.
    pub fn start(options: &SmtpOptions) -> Result<Self, StackError> {
        let directory = tempfile::Builder::new()
            .prefix("threadwell-smtp-")
            .tempdir()
            .attempting(|| "make a directory for mails".to_owned())?;
        let (username, password) = ("threadwell".to_owned(), Uuid::new_v4().simple().to_string());
        certificates::write(directory.path())?;
        let port = options.port.unwrap_or(0);
        let config = Config { tls: options.tls, port, username: &username, password: &password };
        write_private(&directory.path().join("config.json"), &to_json(&config)?)?;
        fs::create_dir(directory.path().join("mails"))
            .attempting(|| "make the mails' directory".to_owned())?;
        let (child, pipe, port) = launch(directory.path())?;
        Ok(Self { child, pipe: Some(pipe), directory, port, username, password, applied: 0 })
    }

    /// The host name that the server's certificate is for.
    pub fn host(&self) -> &'static str {
        "localhost"
    }

    /// The TCP port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The user that may send.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// That user's password.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The certificate, in PEM, of the authority that signed the server's own.
    pub fn ca_file(&self) -> PathBuf {
        self.directory.path().join("ca.pem")
    }

    /// Makes the server fail from now on as told; [`Faults::default`] makes it well again.
    ///
    /// # Errors
    /// The server does not confirm within five seconds.
    pub fn set_faults(&mut self, faults: &Faults) -> Result<(), StackError> {
        self.applied += 1;
        let control = self.directory.path().join("control.json");
        let staged = control.with_extension("tmp");
        let ordered = faults::Ordered { sequence: self.applied, faults };
        write_private(&staged, &to_json(&ordered)?)?;
        fs::rename(&staged, &control).attempting(|| "change the faults".to_owned())?;
        let started = Instant::now();
        let confirmation = self.directory.path().join("applied");
        while started.elapsed() < APPLY_WITHIN {
            if fs::read_to_string(&confirmation).is_ok_and(|text| text == self.applied.to_string()) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Err(StackError::NotReady { program: PROGRAM, detail: "the faults were not confirmed".to_owned() })
    }

    /// Every mail that the server took, in the order of taking, whether or not its answer reached the sender.
    ///
    /// # Errors
    /// A record cannot be read.
    pub fn mails(&self) -> Result<Vec<ReceivedMail>, StackError> {
        mail::read_all(&self.directory.path().join("mails"))
    }

    /// The mails, as soon as there are at least `count` of them or the time is over.
    ///
    /// # Errors
    /// A record cannot be read.
    pub fn wait_for_mails(&self, count: usize, limit: Duration) -> Result<Vec<ReceivedMail>, StackError> {
        let started = Instant::now();
        loop {
            let mails = self.mails()?;
            if mails.len() >= count || started.elapsed() >= limit {
                return Ok(mails);
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        // The server ends by itself when the pipe does; what hangs on purpose is not waited for.
        drop(self.pipe.take());
        let started = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && started.elapsed() < Duration::from_secs(2) {
            thread::sleep(Duration::from_millis(5));
        }
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}

fn launch(directory: &Path) -> Result<(Child, ChildStdin, u16), StackError> {
    if !Path::new(PYTHON).is_file() {
        return Err(StackError::MissingProgram { program: PYTHON, package: "python3" });
    }
    let mut child = Command::new(PYTHON)
        .args(["-I", "-c", SCRIPT])
        .arg(directory)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .attempting(|| "start python3".to_owned())?;
    let (Some(pipe), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(StackError::NotReady { program: PROGRAM, detail: "no pipe".to_owned() });
    };
    match first_line(output).as_deref().map(str::trim) {
        Some(line) if line.starts_with("ready ") => {
            let port = line
                .trim_start_matches("ready ")
                .parse()
                .map_err(|_| StackError::NotReady { program: PROGRAM, detail: line.to_owned() })?;
            Ok((child, pipe, port))
        }
        answer => {
            let _killed = child.kill();
            let _ended = child.wait();
            Err(refusal(answer))
        }
    }
}

fn refusal(answer: Option<&str>) -> StackError {
    match answer {
        Some("missing aiosmtpd") => {
            StackError::MissingProgram { program: PROGRAM, package: "python3-aiosmtpd" }
        }
        other => StackError::NotReady { program: PROGRAM, detail: other.unwrap_or("no answer").to_owned() },
    }
}

/// Reads one line without waiting for ever.
fn first_line(output: ChildStdout) -> Option<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        let read = BufReader::new(output).read_line(&mut line);
        let _sent = sender.send(read.ok().map(|_| line));
    });
    receiver.recv_timeout(START_WITHIN).ok().flatten()
}

fn to_json(value: &impl Serialize) -> Result<Vec<u8>, StackError> {
    serde_json::to_vec(value).map_err(Into::into).attempting(|| "write JSON".to_owned())
}

pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), StackError> {
    let mut options = fs::OpenOptions::new();
    let file = options.create(true).truncate(true).write(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(bytes)).attempting(|| format!("write {}", path.display()))
}
