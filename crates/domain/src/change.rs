//! What can change for somebody who looks on.

/// A kind of change. Each has a number in storage and, where clients are told of it, a name on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChangeKind {
    /// A thread was started.
    Started,
    /// A public message.
    Message,
    /// An internal note.
    Note,
    /// Somebody else has the thread, or nobody.
    Assigned,
    /// The status moved.
    Status,
    /// Other fields moved.
    Fields,
    /// The care team has read what the patient wrote.
    Seen,
    /// Somebody has read further, or marked the thread unread.
    Read,
    /// A file became ready, was refused or was added.
    File,
    /// Threads were linked or parted.
    Links,
    /// Who looks at the thread.
    Presence,
    /// A notification for one person.
    Notification,
    /// The end of a session.
    SessionEnded,
    /// How the practice is arranged: views, teams, colleagues, canned responses, settings.
    Practice,
}

impl ChangeKind {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Started,
        Self::Message,
        Self::Note,
        Self::Assigned,
        Self::Status,
        Self::Fields,
        Self::Seen,
        Self::Read,
        Self::File,
        Self::Links,
        Self::Presence,
        Self::Notification,
        Self::SessionEnded,
        Self::Practice,
    ];

    /// The number in storage; never changes.
    pub const fn code(self) -> i16 {
        match self {
            Self::Started => 0,
            Self::Message => 1,
            Self::Note => 2,
            Self::Assigned => 3,
            Self::Status => 4,
            Self::Fields => 5,
            Self::Seen => 6,
            Self::Read => 7,
            Self::File => 8,
            Self::Links => 9,
            Self::Presence => 10,
            Self::Notification => 11,
            Self::SessionEnded => 12,
            Self::Practice => 13,
        }
    }

    /// The kind of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Message => "message",
            Self::Note => "note",
            Self::Assigned => "assigned",
            Self::Status => "status",
            Self::Fields => "fields",
            Self::Seen => "seen",
            Self::Read => "read",
            Self::File => "file",
            Self::Links => "links",
            Self::Presence => "presence",
            Self::Notification => "notification",
            Self::SessionEnded => "session_ended",
            Self::Practice => "practice",
        }
    }

    /// Whether a patient's side may ever hear of it.
    pub const fn is_public(self) -> bool {
        match self {
            Self::Started
            | Self::Message
            | Self::Status
            | Self::Fields
            | Self::Seen
            | Self::Read
            | Self::File
            | Self::SessionEnded => true,
            Self::Note
            | Self::Assigned
            | Self::Links
            | Self::Presence
            | Self::Notification
            | Self::Practice => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_and_names_are_unique_and_codes_round_trip() {
        for kind in ChangeKind::ALL {
            assert_eq!(ChangeKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(ChangeKind::from_code(14), None);
        assert_eq!(ChangeKind::ALL.iter().map(|kind| kind.name()).collect::<HashSet<_>>().len(), 14);
    }
}
