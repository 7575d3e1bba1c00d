use std::{
    env, fs,
    io::{Read, Write},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use super::files::Files;
use crate::{
    StackError,
    account::Account,
    error::Attempting,
    process::{isolate, tail},
    watchdog::{Watch, Watchdog},
};

const PROGRAM: &str = "clamd";
const START_WITHIN: Duration = Duration::from_secs(30);
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(20);

/// A running clamd; dropping it kills the server, which has nothing to lose.
#[derive(Debug)]
pub(super) struct Clamd {
    process: Process,
    watchdog: Watchdog,
}

impl Clamd {
    pub(super) fn start(files: &Files, account: Option<&Account>) -> Result<Self, StackError> {
        let log = files.new_log()?;
        let log_again = log.try_clone().attempting(|| "share the log".to_owned())?;
        let mut command = Command::new(find_program()?);
        command.arg("--config-file").arg(files.settings());
        isolate(&mut command, account);
        command.stdin(Stdio::null()).stdout(log).stderr(log_again);
        let child = command.spawn().attempting(|| "start clamd".to_owned())?;
        let mut process = Process(child);
        let watchdog = Watchdog::start(&Watch {
            pid: process.pid(),
            pid_file: &files.pid_file(),
            signal: "KILL",
            remove: Some(files.home()),
        })?;
        let is_ready = process.becomes_ready(files);
        let started = Self { process, watchdog };
        if is_ready {
            return Ok(started);
        }
        started.stop();
        Err(StackError::NotReady { program: PROGRAM, detail: tail(&files.log_file(), 0) })
    }

    pub(super) fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// Kills the server and leaves its files.
    pub(super) fn stop(self) {
        drop(self.process);
        self.watchdog.dismiss();
    }
}

#[derive(Debug)]
struct Process(Child);

impl Process {
    fn pid(&self) -> u32 {
        self.0.id()
    }

    /// The socket in its own directory answers for this server and no other; clamd opens it after the TCP port.
    fn becomes_ready(&mut self, files: &Files) -> bool {
        let own = self.pid().to_string();
        let started = Instant::now();
        while started.elapsed() < START_WITHIN && matches!(self.0.try_wait(), Ok(None)) {
            let wrote_its_id = fs::read_to_string(files.pid_file()).is_ok_and(|text| text.trim() == own);
            if wrote_its_id && answers(&files.socket()) {
                return true;
            }
            sleep(POLL);
        }
        false
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _killed = self.0.kill();
        let _ended = self.0.wait();
    }
}

fn answers(socket: &Path) -> bool {
    let Ok(mut stream) = UnixStream::connect(socket) else { return false };
    let mut answer = Vec::new();
    let exchanged = stream
        .set_read_timeout(Some(ANSWER_WITHIN))
        .and_then(|()| stream.write_all(b"zPING\0"))
        .and_then(|()| stream.read_to_end(&mut answer));
    exchanged.is_ok() && answer == b"PONG\0"
}

/// Debian keeps it where an ordinary user's PATH does not lead.
fn find_program() -> Result<PathBuf, StackError> {
    let path = env::var_os("PATH").unwrap_or_default();
    let usual = ["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from);
    let mut candidates = env::split_paths(&path).chain(usual).map(|directory| directory.join(PROGRAM));
    let missing = StackError::MissingProgram { program: PROGRAM, package: "clamav-daemon" };
    candidates.find(|program| program.is_file()).ok_or(missing)
}
