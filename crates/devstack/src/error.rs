use std::{io, path::PathBuf};

/// Why a private server could not be started, stopped or asked.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// A program is not installed.
    #[error("{program} was not found; on Debian: apt-get install {package}")]
    MissingProgram {
        /// What was looked for.
        program: &'static str,
        /// The Debian package that brings it.
        package: &'static str,
    },
    /// PostgreSQL refuses root, and no account was found to run it under.
    #[error("running as root, but neither the account postgres nor nobody exists to run the server under")]
    NoAccount,
    /// The account that runs the server cannot enter the directory.
    #[error(
        "{directory} cannot be entered by the account {account}; choose a directory outside of private homes"
    )]
    Unreachable {
        /// The first directory on the way that refuses.
        directory: PathBuf,
        /// The account that the server runs under.
        account: String,
    },
    /// Another owner runs a server from this directory.
    #[error("{directory} is in use by another running stack")]
    InUse {
        /// The directory.
        directory: PathBuf,
    },
    /// The data was written by another major version.
    #[error(
        "{directory} was made by PostgreSQL {found}, which is not installed; install postgresql-{found} or start over"
    )]
    OtherVersion {
        /// The data directory.
        directory: PathBuf,
        /// The major version that made it.
        found: String,
    },
    /// The port is taken.
    #[error("port {port} of 127.0.0.1 is in use by another program")]
    PortInUse {
        /// The port that was asked for.
        port: u16,
    },
    /// The server ended or did not become ready.
    #[error("{program} did not start: {detail}")]
    NotReady {
        /// Which server.
        program: &'static str,
        /// The end of what it printed.
        detail: String,
    },
    /// The machine refused a file or process operation.
    #[error("{action}: {source}")]
    Io {
        /// What was attempted.
        action: String,
        /// The machine's answer.
        source: io::Error,
    },
    /// The test certificates could not be made.
    #[error("test certificate: {0}")]
    Certificate(#[from] rcgen::Error),
}

/// Says what was attempted when the machine refuses.
pub(crate) trait Attempting<T> {
    fn attempting(self, action: impl FnOnce() -> String) -> Result<T, StackError>;
}

impl<T> Attempting<T> for io::Result<T> {
    fn attempting(self, action: impl FnOnce() -> String) -> Result<T, StackError> {
        self.map_err(|source| StackError::Io { action: action(), source })
    }
}
