//! What people call their devices.

use crate::text::{Lines, Phi, TextRefusal, checked};

/// What somebody calls a device: 1 to 60 code points on one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeviceName(Phi);

impl DeviceName {
    /// The greatest number of code points.
    pub const LIMIT: usize = 60;

    /// Trims and checks a name.
    ///
    /// # Errors
    /// Empty, too long, or holding a control character.
    pub fn parse(text: &str) -> Result<Self, TextRefusal> {
        checked(text, Self::LIMIT, Lines::One).map(Self)
    }

    /// The text.
    pub fn into_phi(self) -> Phi {
        self.0
    }
}

/// The name of somebody who holds an account: 1 to 120 code points on one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HolderName(Phi);

impl HolderName {
    /// The greatest number of code points.
    pub const LIMIT: usize = 120;

    /// Trims and checks a name.
    ///
    /// # Errors
    /// Empty, too long, or holding a control character.
    pub fn parse(text: &str) -> Result<Self, TextRefusal> {
        checked(text, Self::LIMIT, Lines::One).map(Self)
    }

    /// The text.
    pub fn into_phi(self) -> Phi {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_one_line_and_no_longer_than_their_limits() {
        assert_eq!(DeviceName::parse(" Ana's phone ").unwrap().into_phi().expose(), "Ana's phone");
        assert_eq!(DeviceName::parse(&"x".repeat(61)), Err(TextRefusal::TooLong { limit: 60 }));
        assert_eq!(DeviceName::parse("a\nb"), Err(TextRefusal::ControlCharacter));
        assert_eq!(HolderName::parse(" Rosa Silva ").unwrap().into_phi().expose(), "Rosa Silva");
        assert_eq!(HolderName::parse(&"x".repeat(121)), Err(TextRefusal::TooLong { limit: 120 }));
        assert_eq!(HolderName::parse("\u{200B}"), Err(TextRefusal::Empty));
    }
}
