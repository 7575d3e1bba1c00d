//! s3rver (npm `@20minutes/s3rver`), driven by a script beside its packages.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::{fs::OpenOptionsExt, process::CommandExt},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use serde_json::json;
use tempfile::TempDir;

use crate::{BUCKET, S3Access, S3StackError, error::Attempting, new_secret};

const PROGRAM: &str = "s3rver";
/// Tests run where they were built.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/s3rver/server.js");
const PACKAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/s3rver/node_modules/@20minutes/s3rver");
const START_WITHIN: Duration = Duration::from_secs(20);

/// A running s3rver with a bucket and a key of its own.
#[derive(Debug)]
pub struct S3rver {
    access: S3Access,
    child: Child,
    pipe: Option<ChildStdin>,
    _directory: TempDir,
}

impl S3rver {
    /// Starts the server.
    ///
    /// # Errors
    /// Node.js or the package is missing, or the server does not become ready.
    pub fn start() -> Result<Self, S3StackError> {
        if !Path::new(PACKAGES).is_dir() {
            return Err(S3StackError::NotInstalled { program: PROGRAM });
        }
        let directory = tempfile::Builder::new()
            .prefix("threadwell-s3rver-")
            .tempdir()
            .attempting("make a directory for objects")?;
        let secret = new_secret();
        let access = S3Access::on(0, secret.clone());
        let config =
            json!({ "bucket": BUCKET, "accessKeyId": access.access_key_id, "secretAccessKey": secret });
        write_private(&directory.path().join("config.json"), config.to_string().as_bytes())
            .attempting("write the server's settings")?;
        let (child, pipe, port) = launch(directory.path())?;
        Ok(Self { access: S3Access::on(port, secret), child, pipe: Some(pipe), _directory: directory })
    }

    /// How it is reached.
    pub fn access(&self) -> &S3Access {
        &self.access
    }
}

impl Drop for S3rver {
    fn drop(&mut self) {
        // The server ends by itself when the pipe does.
        drop(self.pipe.take());
        let started = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && started.elapsed() < Duration::from_secs(2) {
            thread::sleep(Duration::from_millis(5));
        }
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}

fn launch(directory: &Path) -> Result<(Child, ChildStdin, u16), S3StackError> {
    let mut child = Command::new("node")
        .arg(SCRIPT)
        .arg(directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .attempting("start node")?;
    let (Some(pipe), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(S3StackError::NotReady { program: PROGRAM, detail: "no pipe".to_owned() });
    };
    let line = first_line(output).unwrap_or_default();
    match line.trim().strip_prefix("ready ").and_then(|port| port.parse().ok()) {
        Some(port) => Ok((child, pipe, port)),
        None => {
            let _killed = child.kill();
            let _ended = child.wait();
            Err(S3StackError::NotReady { program: PROGRAM, detail: format!("it said '{}'", line.trim()) })
        }
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

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)?.write_all(bytes)
}
