//! What starting and stopping any server takes.

use std::{fs, io::ErrorKind, net::TcpListener, os::unix::process::CommandExt, path::Path, process::Command};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::{StackError, account::Account, error::Attempting};

/// Runs a program of the server under its account, from `/`, with nothing of the owner's environment (PGPORT and its
/// kin would steer it), outside of the terminal's foreground group, so that Ctrl-C reaches the owner alone.
pub(crate) fn isolate(command: &mut Command, account: Option<&Account>) {
    command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8").env("TZ", "UTC");
    command.current_dir("/").process_group(0);
    Account::run_under(account, command);
}

/// Checks that the given port is free, or chooses one.
pub(crate) fn free_port(wanted: Option<u16>) -> Result<u16, StackError> {
    let listener = TcpListener::bind(("127.0.0.1", wanted.unwrap_or(0))).map_err(|source| {
        match (source.kind(), wanted) {
            (ErrorKind::AddrInUse, Some(port)) => StackError::PortInUse { port },
            _ => StackError::Io { action: "find a free port".to_owned(), source },
        }
    })?;
    let address = listener.local_addr().attempting(|| "find a free port".to_owned())?;
    Ok(address.port())
}

/// Sends a signal; a process that is gone already needs none.
pub(crate) fn send(pid: u32, signal: Signal) {
    if let Ok(pid) = i32::try_from(pid) {
        let _sent = kill(Pid::from_raw(pid), signal);
    }
}

/// What the server printed since it was started, at most the last two thousand characters.
pub(crate) fn tail(log: &Path, from: u64) -> String {
    let bytes = fs::read(log).unwrap_or_default();
    let new = usize::try_from(from).ok().and_then(|from| bytes.get(from..)).unwrap_or_default();
    let text = String::from_utf8_lossy(new);
    let skip = text.chars().count().saturating_sub(2000);
    text.chars().skip(skip).collect()
}
