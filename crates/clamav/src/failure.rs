use std::io;

use threadwell_application::ports::ScanFailure;

/// Why clamd gave no verdict. For the log; says nothing of the file.
#[derive(Debug, thiserror::Error)]
pub enum ClamdFailure {
    /// Nobody listens, or not in time.
    #[error("no connection to clamd")]
    NoConnection(#[source] io::Error),
    /// The connection broke before the whole answer was there.
    #[error("the connection to clamd was lost")]
    ConnectionLost(#[source] io::Error),
    /// The time for the whole scan is over.
    #[error("clamd took too long")]
    TooSlow,
    /// clamd spoke, or hung up, before it had the whole file.
    #[error("clamd answered before the end of the file")]
    AnsweredEarly,
    /// The file is larger than clamd takes.
    #[error("the file is larger than clamd's StreamMaxLength")]
    TooLarge,
    /// clamd stopped at its own limit of time, so it has not seen everything.
    #[error("clamd gave up at its MaxScanTime")]
    GaveUp,
    /// clamd reports an error of its own.
    #[error("clamd reports: {0}")]
    Reported(String),
    /// The answer is none that clamd gives: cut off, too long, or of another program.
    #[error("the answer is not clamd's")]
    Unintelligible,
}

impl From<ClamdFailure> for ScanFailure {
    fn from(failure: ClamdFailure) -> Self {
        Self::Unavailable(Box::new(failure))
    }
}
