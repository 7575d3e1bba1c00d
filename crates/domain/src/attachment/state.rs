//! The way of a file from a reserved place to being downloadable, refused or swept.

use super::{ContentRefusal, FileKind};
use crate::Moment;
use chrono::Duration;

/// How long an upload waits for a message to take it along.
pub const UNCLAIMED_FOR: Duration = Duration::hours(24);
/// How long a message that was sent takes further files of its author along.
pub const TAKES_FILES_FOR: Duration = Duration::minutes(15);
/// How long an upload may take, looking into it included, before whoever received it is taken for dead.
pub const RECEIVED_WITHIN: Duration = Duration::hours(1);

/// Where a file stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AttachmentState {
    /// It has its place; its bytes are coming in.
    Reserved,
    /// Its bytes are stored; nobody has looked into them.
    Received,
    /// Its content is of its kind; it waits for the malware scanner.
    Scanning,
    /// Nothing was found; the picture waits to be written anew.
    Processing,
    /// It can be downloaded.
    Available,
    /// It is refused for good and has no bytes any more.
    Rejected(ContentRefusal),
    /// It could not be looked at for a reason of the machine's; it is tried again from the scan on.
    Failed,
    /// Nobody took it along, or its uploader threw it away.
    Swept,
}

/// A step that the table does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a file that is {} cannot be {step}", .from.name())]
pub struct IllegalStep {
    /// Where the file stands.
    pub from: AttachmentState,
    /// What was to happen to it.
    pub step: &'static str,
}

impl AttachmentState {
    /// All of them, one for each refusal.
    pub fn all() -> Vec<Self> {
        let plain = [
            Self::Reserved,
            Self::Received,
            Self::Scanning,
            Self::Processing,
            Self::Available,
            Self::Failed,
            Self::Swept,
        ];
        plain.into_iter().chain(ContentRefusal::ALL.map(Self::Rejected)).collect()
    }

    /// The name in words; what comes before the scan counts as part of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Received => "received",
            Self::Scanning => "scanning",
            Self::Processing => "processing",
            Self::Available => "available",
            Self::Rejected(_) => "rejected",
            Self::Failed => "failed",
            Self::Swept => "swept",
        }
    }

    /// The number in storage; never changes.
    pub const fn code(self) -> i16 {
        match self {
            Self::Reserved => 0,
            Self::Received => 1,
            Self::Scanning => 2,
            Self::Processing => 3,
            Self::Available => 4,
            Self::Rejected(_) => 5,
            Self::Failed => 6,
            Self::Swept => 7,
        }
    }

    /// Reads a number given by [`AttachmentState::code`], with the refusal of what was rejected and of nothing else.
    pub const fn from_code(code: i16, refusal: Option<ContentRefusal>) -> Option<Self> {
        match (code, refusal) {
            (0, None) => Some(Self::Reserved),
            (1, None) => Some(Self::Received),
            (2, None) => Some(Self::Scanning),
            (3, None) => Some(Self::Processing),
            (4, None) => Some(Self::Available),
            (5, Some(refusal)) => Some(Self::Rejected(refusal)),
            (6, None) => Some(Self::Failed),
            (7, None) => Some(Self::Swept),
            _ => None,
        }
    }

    /// Why it was refused, if it was.
    pub const fn refusal(self) -> Option<ContentRefusal> {
        match self {
            Self::Rejected(refusal) => Some(refusal),
            Self::Reserved
            | Self::Received
            | Self::Scanning
            | Self::Processing
            | Self::Available
            | Self::Failed
            | Self::Swept => None,
        }
    }

    /// After its last byte was stored.
    ///
    /// # Errors
    /// It has been stored before, or is gone.
    pub const fn received(self) -> Result<Self, IllegalStep> {
        match self {
            Self::Reserved => Ok(Self::Received),
            _ => Err(IllegalStep { from: self, step: "received" }),
        }
    }

    /// After its content was found to be of its kind.
    ///
    /// # Errors
    /// It is not there to be looked into.
    pub const fn accepted(self) -> Result<Self, IllegalStep> {
        match self {
            Self::Received => Ok(Self::Scanning),
            _ => Err(IllegalStep { from: self, step: "accepted" }),
        }
    }

    /// After the scanner found nothing in it.
    ///
    /// # Errors
    /// It does not wait for the scanner.
    pub const fn passed(self, kind: FileKind) -> Result<Self, IllegalStep> {
        match self {
            Self::Scanning if kind.is_picture() => Ok(Self::Processing),
            Self::Scanning => Ok(Self::Available),
            _ => Err(IllegalStep { from: self, step: "passed" }),
        }
    }

    /// After a picture was written anew.
    ///
    /// # Errors
    /// It does not wait for that.
    pub const fn cleaned(self) -> Result<Self, IllegalStep> {
        match self {
            Self::Processing => Ok(Self::Available),
            _ => Err(IllegalStep { from: self, step: "cleaned" }),
        }
    }

    /// After its content was found to be what may not be kept. **Invariant:** nobody has downloaded it before.
    ///
    /// # Errors
    /// Its fate is decided already.
    pub const fn rejected(self, refusal: ContentRefusal) -> Result<Self, IllegalStep> {
        match self {
            Self::Reserved | Self::Received | Self::Scanning | Self::Processing => {
                Ok(Self::Rejected(refusal))
            }
            _ => Err(IllegalStep { from: self, step: "rejected" }),
        }
    }

    /// After too many tries came to no end.
    ///
    /// # Errors
    /// It does not wait for the worker.
    pub const fn failed(self) -> Result<Self, IllegalStep> {
        match self {
            Self::Scanning | Self::Processing => Ok(Self::Failed),
            _ => Err(IllegalStep { from: self, step: "failed" }),
        }
    }

    /// When it is tried once more: from the scan on, whatever it failed at.
    ///
    /// # Errors
    /// It has not failed.
    pub const fn retried(self) -> Result<Self, IllegalStep> {
        match self {
            Self::Failed => Ok(Self::Scanning),
            _ => Err(IllegalStep { from: self, step: "retried" }),
        }
    }

    /// After nobody took it along. That no message has it, the caller knows.
    ///
    /// # Errors
    /// It is swept already.
    pub const fn swept(self) -> Result<Self, IllegalStep> {
        match self {
            Self::Swept => Err(IllegalStep { from: self, step: "swept" }),
            _ => Ok(Self::Swept),
        }
    }

    /// Whether a message may take it along: its uploader was told that it is here.
    pub const fn is_claimable(self) -> bool {
        match self {
            Self::Scanning | Self::Processing | Self::Available | Self::Rejected(_) | Self::Failed => true,
            Self::Reserved | Self::Received | Self::Swept => false,
        }
    }

    /// Whether its bytes may leave.
    pub const fn is_available(self) -> bool {
        matches!(self, Self::Available)
    }

    /// Whether nobody took it along in time, wherever it stands: it is swept before anything else is done with it.
    pub fn is_forsaken(self, created_at: Moment, is_claimed: bool, now: Moment) -> bool {
        self != Self::Swept && !is_claimed && created_at + UNCLAIMED_FOR <= now
    }

    /// When the worker must look at it, should nothing happen until then; `None` when it is where it stays.
    pub fn due(self, created_at: Moment, is_claimed: bool) -> Option<Moment> {
        match self {
            Self::Reserved | Self::Received => Some(created_at + RECEIVED_WITHIN),
            Self::Scanning | Self::Processing | Self::Failed => Some(created_at),
            Self::Available | Self::Rejected(_) => (!is_claimed).then(|| created_at + UNCLAIMED_FOR),
            Self::Swept => None,
        }
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
