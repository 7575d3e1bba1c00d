//! Text that was encrypted at rest.

use threadwell_domain::Phi;

/// A text that came out of an encrypted column, or did not: a value whose tag fails is shown as unreadable
/// and alarms, but never takes the page down with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Readable {
    /// As it was written.
    Intact(Phi),
    /// Altered, moved or sealed with another key.
    Unreadable,
}

impl Readable {
    /// The text, if it is intact.
    pub const fn text(&self) -> Option<&Phi> {
        match self {
            Self::Intact(text) => Some(text),
            Self::Unreadable => None,
        }
    }

    /// Whether the text is as it was written.
    pub const fn is_intact(&self) -> bool {
        matches!(self, Self::Intact(_))
    }
}
