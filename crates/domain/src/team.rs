//! Groups of staff.

use crate::text::{Lines, Phi, TextRefusal, checked};

/// The most people that a team has.
pub const MOST_MEMBERS: usize = 200;
/// The most teams that a practice has.
pub const MOST_TEAMS: usize = 50;

/// What a team is called: 1 to 60 code points on one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamName(Phi);

impl TeamName {
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
    pub fn as_str(&self) -> &str {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_to_sixty_code_points_on_one_line() {
        assert_eq!(TeamName::parse(" Triage ").unwrap().as_str(), "Triage");
        assert_eq!(TeamName::parse(&"t".repeat(61)), Err(TextRefusal::TooLong { limit: 60 }));
        assert_eq!(TeamName::parse("\u{200B}"), Err(TextRefusal::Empty));
    }
}
