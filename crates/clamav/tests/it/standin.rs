//! Something on clamd's port that is not well.

use std::{path::PathBuf, time::Duration};

use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, UnixListener},
    sync::mpsc,
    task::JoinHandle,
};

/// How far it listens before it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listens {
    /// Not at all.
    Never,
    /// Until the command is there.
    ToTheCommand,
    /// Until the file's end is there.
    ToTheEnd,
}

/// What it does then.
#[derive(Debug, Clone)]
pub(crate) enum Then {
    /// Says this and hangs up.
    Says(Vec<u8>),
    /// Says this and never hangs up.
    SaysAndHangs(Vec<u8>),
    /// Says this, ends what it says, and keeps the connection.
    SaysAndShuts(Vec<u8>),
    /// Says this, a byte now and then.
    Drips(Vec<u8>),
    /// Says the same for ever.
    NeverStops,
    /// Says this and breaks the connection instead of closing it.
    SaysAndResets(Vec<u8>),
}

impl Then {
    pub(crate) fn says(text: &str) -> Self {
        Self::Says(text.as_bytes().to_vec())
    }
}

/// Runs until it is dropped.
pub(crate) struct StandIn {
    pub(crate) port: u16,
    /// Of each connection that ended: whether the end of a file came.
    pub(crate) ends: mpsc::UnboundedReceiver<bool>,
    serving: JoinHandle<()>,
}

impl StandIn {
    pub(crate) async fn start(listens: Listens, then: Then) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, ends) = mpsc::unbounded_channel();
        let serving = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (then, sender) = (then.clone(), sender.clone());
                tokio::spawn(async move {
                    let came_to_its_end = listen(&mut stream, listens).await;
                    let _told = sender.send(came_to_its_end);
                    if matches!(then, Then::SaysAndResets(_)) {
                        stream.set_zero_linger().unwrap();
                    }
                    speak(stream, then).await;
                });
            }
        });
        Self { port, ends, serving }
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A socket on which connections are taken and nothing is ever read.
pub(crate) struct Deaf {
    pub(crate) socket: PathBuf,
    _directory: TempDir,
    _listener: UnixListener,
}

pub(crate) fn deaf() -> Deaf {
    let directory = TempDir::new().unwrap();
    let socket = directory.path().join("clamd.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    Deaf { socket, _directory: directory, _listener: listener }
}

/// Whether the end of a file came.
async fn listen(stream: &mut (impl AsyncRead + Unpin), listens: Listens) -> bool {
    if listens == Listens::Never {
        return false;
    }
    // Nothing follows a question whether it is there.
    take_command(stream).await == b"zINSTREAM" && listens == Listens::ToTheEnd && take_file(stream).await
}

async fn take_command(stream: &mut (impl AsyncRead + Unpin)) -> Vec<u8> {
    let mut command = Vec::new();
    while let Ok(byte @ 1..) = stream.read_u8().await {
        command.push(byte);
    }
    command
}

async fn take_file(stream: &mut (impl AsyncRead + Unpin)) -> bool {
    while let Ok(length) = stream.read_u32().await {
        if length == 0 {
            return true;
        }
        let mut chunk = vec![0; usize::try_from(length).unwrap()];
        if stream.read_exact(&mut chunk).await.is_err() {
            break;
        }
    }
    false
}

async fn speak(mut stream: impl AsyncRead + AsyncWrite + Unpin, then: Then) {
    match then {
        Then::Says(answer) | Then::SaysAndResets(answer) => {
            let _said = stream.write_all(&answer).await;
        }
        Then::SaysAndHangs(answer) => {
            let _said = stream.write_all(&answer).await;
            std::future::pending::<()>().await;
        }
        Then::SaysAndShuts(answer) => {
            let _said = stream.write_all(&answer).await;
            let _shut = stream.shutdown().await;
            std::future::pending::<()>().await;
        }
        Then::Drips(answer) => {
            for byte in answer {
                let _said = stream.write_u8(byte).await;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        Then::NeverStops => while stream.write_all(b"stream: OK\0").await.is_ok() {},
    }
}
