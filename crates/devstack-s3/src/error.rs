use std::io;

/// Why a private S3 server could not be started.
#[derive(Debug, thiserror::Error)]
pub enum S3StackError {
    /// A program is not installed.
    #[error("{program} is not installed: scripts/setup.sh test installs it")]
    NotInstalled {
        /// What was looked for.
        program: &'static str,
    },
    /// The server ended or did not become ready.
    #[error("{program} did not start: {detail}")]
    NotReady {
        /// Which server.
        program: &'static str,
        /// What is known of why.
        detail: String,
    },
    /// The machine refused a file, network or process operation.
    #[error("{action}: {source}")]
    Io {
        /// What was attempted.
        action: &'static str,
        /// The machine's answer.
        source: io::Error,
    },
}

/// Says what was attempted when the machine refuses.
pub(crate) trait Attempting<T> {
    fn attempting(self, action: &'static str) -> Result<T, S3StackError>;
}

impl<T> Attempting<T> for io::Result<T> {
    fn attempting(self, action: &'static str) -> Result<T, S3StackError> {
        self.map_err(|source| S3StackError::Io { action, source })
    }
}
