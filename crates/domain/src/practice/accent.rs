//! The colour of the portal.

/// One of the colours that were drawn for it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum Accent {
    /// The product's own.
    #[default]
    Violet,
    /// Blue.
    Blue,
    /// Teal.
    Teal,
    /// Green.
    Green,
    /// Slate.
    Slate,
}

impl Accent {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Violet, Self::Blue, Self::Teal, Self::Green, Self::Slate];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Violet => "violet",
            Self::Blue => "blue",
            Self::Teal => "teal",
            Self::Green => "green",
            Self::Slate => "slate",
        }
    }

    /// A stable small number for storage.
    pub const fn code(self) -> i16 {
        match self {
            Self::Violet => 0,
            Self::Blue => 1,
            Self::Teal => 2,
            Self::Green => 3,
            Self::Slate => 4,
        }
    }

    /// The colour of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|accent| accent.code() == code)
    }
}
