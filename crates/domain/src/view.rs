//! Ways to look at the inbox that people keep.

use crate::text::{Lines, Phi, TextRefusal, checked};

/// The most views that one person keeps.
pub const MOST_VIEWS: usize = 50;

/// What a view is called: 1 to 60 code points on one line. It may name a patient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ViewName(Phi);

impl ViewName {
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
    pub const fn as_phi(&self) -> &Phi {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_to_sixty_code_points_on_one_line() {
        assert_eq!(ViewName::parse(" Mine ").unwrap().as_phi().expose(), "Mine");
        assert!(ViewName::parse(&"é".repeat(60)).is_ok());
        assert_eq!(ViewName::parse(&"é".repeat(61)), Err(TextRefusal::TooLong { limit: 60 }));
        assert_eq!(ViewName::parse("a\nb"), Err(TextRefusal::ControlCharacter));
    }
}
