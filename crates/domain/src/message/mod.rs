//! What people write to each other.

mod body;
mod draft;
mod placeholder;

pub use body::{MessageBody, Preview};
pub use draft::{DraftKind, DraftSubject, DraftText, NewThreadDraft};
pub use placeholder::{Placeholder, placeholders};

/// Which side a message comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SenderKind {
    /// The patient or a proxy.
    Patient,
    /// A member of the staff.
    Staff,
    /// The practice's automatic replies, shown as "Automated System".
    System,
}

impl SenderKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Patient, Self::Staff, Self::System];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }

    /// A stable small number for storage.
    pub const fn code(self) -> i16 {
        match self {
            Self::Patient => 0,
            Self::Staff => 1,
            Self::System => 2,
        }
    }

    /// The kind of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The name under which automatic messages appear to both sides.
pub const SYSTEM_SENDER_NAME: &str = "Automated System";
