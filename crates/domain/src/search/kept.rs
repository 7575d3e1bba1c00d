//! What was typed, where it is kept to be asked again.

use super::QUERY_MAX;
use crate::text::{Lines, Phi, TextRefusal, checked};

/// A query that somebody keeps: 1 to 200 code points on one line. It may name a patient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptQuery(Phi);

impl KeptQuery {
    /// Trims and checks a query.
    ///
    /// # Errors
    /// Empty, too long, or holding a control character.
    pub fn parse(text: &str) -> Result<Self, TextRefusal> {
        checked(text, QUERY_MAX, Lines::One).map(Self)
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
    fn a_query_is_a_line_of_which_something_can_be_seen() {
        assert_eq!(KeptQuery::parse(" from:me rash ").unwrap().as_phi().expose(), "from:me rash");
        assert!(KeptQuery::parse(&"é".repeat(QUERY_MAX)).is_ok());
        let long = "é".repeat(QUERY_MAX + 1);
        for (text, refusal) in [
            ("\u{200b}", TextRefusal::Empty),
            ("a\0b", TextRefusal::ControlCharacter),
            ("a\nb", TextRefusal::ControlCharacter),
            (&long, TextRefusal::TooLong { limit: QUERY_MAX }),
        ] {
            assert_eq!(KeptQuery::parse(text), Err(refusal), "{text:.8}");
        }
    }
}
