//! What somebody calls a second factor.

use crate::Phi;
use crate::text::{Lines, TextRefusal, checked};

/// The name of a second factor: "Work phone", "Blue key".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactorName(Phi);

impl FactorName {
    /// The greatest number of characters.
    pub const LIMIT: usize = 60;

    /// Trims and checks a name.
    ///
    /// # Errors
    /// Nothing is left, it is too long, or it holds a control character.
    pub fn parse(text: &str) -> Result<Self, TextRefusal> {
        checked(text, Self::LIMIT, Lines::One).map(Self)
    }

    /// As it is kept.
    pub const fn text(&self) -> &Phi {
        &self.0
    }
}
