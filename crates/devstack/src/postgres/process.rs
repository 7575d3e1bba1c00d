use std::{
    fs,
    io::ErrorKind,
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use nix::sys::signal::Signal;

use super::{Durability, PostgresOptions, binaries::Binaries, cluster::Cluster};
use crate::{
    StackError,
    error::Attempting,
    process::{isolate, send, tail},
};

const PROGRAM: &str = "postgres";
/// Recovery after a crash can take a while; nothing else does.
const START_WITHIN: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(20);

/// A running postmaster; dropping it stops the server in order: fast first, at once if that does not end.
#[derive(Debug)]
pub(crate) struct Postmaster {
    child: Child,
    port: u16,
}

impl Postmaster {
    pub(crate) fn start(
        cluster: &Cluster,
        binaries: &Binaries,
        settings: &[(String, String)],
        port: u16,
    ) -> Result<Self, StackError> {
        let (log_path, log) = cluster.log()?;
        let log_start = log.metadata().map(|found| found.len()).unwrap_or(0);
        let log_again = log.try_clone().attempting(|| "share the log".to_owned())?;
        let mut command = Command::new(binaries.program("postgres"));
        command.arg("-D").arg(cluster.data());
        for (name, value) in settings {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        isolate(&mut command, cluster.account());
        command.stdin(Stdio::null()).stdout(log).stderr(log_again);
        let child = command.spawn().attempting(|| "start postgres".to_owned())?;
        let mut postmaster = Self { child, port };
        if postmaster.becomes_ready(cluster.data()) {
            return Ok(postmaster);
        }
        Err(StackError::NotReady { program: PROGRAM, detail: tail(&log_path, log_start) })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The server writes its state to the eighth line of its pid file.
    fn becomes_ready(&mut self, data: &Path) -> bool {
        let own = self.pid().to_string();
        let started = Instant::now();
        while started.elapsed() < START_WITHIN {
            let lines = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
            let mut lines = lines.lines();
            if lines.next() == Some(&own) && lines.nth(6).map(str::trim) == Some("ready") {
                return true;
            }
            if !matches!(self.child.try_wait(), Ok(None)) {
                return false;
            }
            sleep(POLL);
        }
        false
    }

    fn ends_within(&mut self, limit: Duration) -> bool {
        let started = Instant::now();
        while started.elapsed() < limit {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return true;
            }
            sleep(POLL);
        }
        false
    }
}

impl Drop for Postmaster {
    fn drop(&mut self) {
        for (signal, seconds) in [(Signal::SIGINT, 20), (Signal::SIGQUIT, 5), (Signal::SIGKILL, 5)] {
            // Until it is waited for, the child's id cannot belong to another process.
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            send(self.child.id(), signal);
            if self.ends_within(Duration::from_secs(seconds)) {
                return;
            }
        }
    }
}

/// The server's settings, the caller's own last, since the last one wins.
pub(crate) fn settings(
    options: &PostgresOptions,
    port: u16,
    socket_directory: &Path,
) -> Vec<(String, String)> {
    let mut settings = vec![
        ("listen_addresses".to_owned(), "127.0.0.1".to_owned()),
        ("port".to_owned(), port.to_string()),
        ("unix_socket_directories".to_owned(), socket_directory.display().to_string()),
        ("max_connections".to_owned(), "200".to_owned()),
        ("timezone".to_owned(), "UTC".to_owned()),
        ("log_timezone".to_owned(), "UTC".to_owned()),
        ("password_encryption".to_owned(), "scram-sha-256".to_owned()),
        // Statements that fail may carry values of patients in their text.
        ("log_min_error_statement".to_owned(), "panic".to_owned()),
        ("log_error_verbosity".to_owned(), "terse".to_owned()),
    ];
    if options.durability == Durability::Disposable {
        for name in ["fsync", "synchronous_commit", "full_page_writes"] {
            settings.push((name.to_owned(), "off".to_owned()));
        }
        settings.push(("max_wal_size".to_owned(), "2GB".to_owned()));
        settings.push(("checkpoint_timeout".to_owned(), "30min".to_owned()));
    }
    settings.extend(options.settings.iter().cloned());
    settings
}

/// Clears away what a crashed owner left: processes that still work on this data, and their pid file.
///
/// The caller holds the lock, so what runs here belongs to nobody. The file goes only when nothing runs any more:
/// its shared memory is what keeps PostgreSQL from opening data on which a former backend still writes.
pub(crate) fn clear_leftovers(data: &Path) -> Result<(), StackError> {
    let file = data.join("postmaster.pid");
    let Ok(text) = fs::read_to_string(&file) else { return Ok(()) };
    let postmaster = text.lines().next().and_then(|line| line.trim().parse::<u32>().ok());
    for (signal, seconds) in [(Signal::SIGINT, 20), (Signal::SIGQUIT, 10), (Signal::SIGKILL, 5)] {
        let running = working_on(data);
        // The postmaster ends its backends in order; without it, each is told.
        match postmaster.filter(|pid| running.contains(pid)) {
            Some(pid) => send(pid, signal),
            None => running.iter().for_each(|pid| send(*pid, signal)),
        }
        let started = Instant::now();
        while !working_on(data).is_empty() && started.elapsed() < Duration::from_secs(seconds) {
            sleep(POLL);
        }
    }
    match fs::remove_file(&file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(StackError::Io { action: format!("remove {}", file.display()), source: error })
        }
        _ => Ok(()),
    }
}

/// The processes that work in a data directory, as postmasters and backends do. A process that was merely given the
/// former postmaster's id does not.
fn working_on(data: &Path) -> Vec<u32> {
    let here = fs::canonicalize(data).unwrap_or_else(|_| data.to_path_buf());
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|pid| fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|works_in| works_in == here))
        .collect()
}
