//! One-line texts of a thread.

use crate::text::{Lines, Phi, TextRefusal, checked};

/// What a thread is called: 1 to 200 code points on one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subject(Phi);

impl Subject {
    /// The greatest number of code points.
    pub const LIMIT: usize = 200;

    /// Trims and checks a subject.
    ///
    /// # Errors
    /// Empty, too long, or holding a control character.
    pub fn parse(text: &str) -> Result<Self, TextRefusal> {
        checked(text, Self::LIMIT, Lines::One).map(Self)
    }

    /// The text.
    pub const fn as_phi(&self) -> &Phi {
        &self.0
    }
}

/// Why a thread was closed, in the words of who closed it: 1 to 500 code points.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CloseReason(Phi);

impl CloseReason {
    /// The greatest number of code points.
    pub const LIMIT: usize = 500;

    /// Trims and checks a reason.
    ///
    /// # Errors
    /// Empty, too long, or holding NUL.
    pub fn parse(text: &str) -> Result<Self, TextRefusal> {
        checked(text, Self::LIMIT, Lines::Many).map(Self)
    }

    /// The text.
    pub const fn as_phi(&self) -> &Phi {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_has_one_to_two_hundred_code_points() {
        assert_eq!(Subject::parse(" refill ").unwrap().as_phi().expose(), "refill");
        assert!(Subject::parse(&"é".repeat(200)).is_ok());
        assert_eq!(Subject::parse(&"é".repeat(201)), Err(TextRefusal::TooLong { limit: 200 }));
        assert_eq!(Subject::parse("a\nb"), Err(TextRefusal::ControlCharacter));
        assert!(Subject::parse("🩹🩹").is_ok());
    }
}
