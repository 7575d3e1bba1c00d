//! Text that people write: trimmed, counted in code points, and never printed by `Debug`.

use std::fmt;

/// Why a text was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TextRefusal {
    /// Nothing is left after trimming white space and zero-width characters.
    #[error("is empty")]
    Empty,
    /// More code points than the field may hold.
    #[error("is longer than {limit} characters")]
    TooLong {
        /// The greatest number of code points allowed.
        limit: usize,
    },
    /// A control character that the field may not hold (NUL anywhere; line breaks and tabs in one-line fields).
    #[error("holds a control character")]
    ControlCharacter,
}

/// Protected health information: a text whose `Debug` prints its length alone.
///
/// **Invariant:** has neither `Display` nor a serialisation, so that no log line can hold it by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Phi(String);

impl Phi {
    /// Marks a text as protected.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself; the caller answers for where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Gives the text away.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl fmt::Debug for Phi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phi({} characters)", self.0.chars().count())
    }
}

/// Whether a field may hold line breaks.
#[derive(Clone, Copy)]
pub(crate) enum Lines {
    One,
    Many,
}

/// Trims, checks and counts a text as product.md "Text" demands.
pub(crate) fn checked(text: &str, limit: usize, lines: Lines) -> Result<Phi, TextRefusal> {
    let trimmed = text.trim();
    if trimmed.chars().all(is_invisible) {
        return Err(TextRefusal::Empty);
    }
    if trimmed.chars().any(|c| is_refused(c, lines)) {
        return Err(TextRefusal::ControlCharacter);
    }
    if trimmed.chars().nth(limit).is_some() {
        return Err(TextRefusal::TooLong { limit });
    }
    Ok(Phi::new(trimmed))
}

/// Checks and counts a text that somebody still writes: it stays as it is, but nothing where nothing can be seen.
pub(crate) fn unfinished(text: &str, limit: usize, lines: Lines) -> Result<Phi, TextRefusal> {
    if text.chars().any(|c| is_refused(c, lines)) {
        return Err(TextRefusal::ControlCharacter);
    }
    if text.chars().nth(limit).is_some() {
        return Err(TextRefusal::TooLong { limit });
    }
    Ok(Phi::new(if text.chars().all(is_invisible) { "" } else { text }))
}

fn is_refused(c: char, lines: Lines) -> bool {
    match lines {
        Lines::One => c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'),
        Lines::Many => c == '\0',
    }
}

/// White space, and characters that take no room on the screen.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_counted_in_code_points() {
        assert_eq!(checked("\u{2003} hi \n", 2, Lines::Many).unwrap().expose(), "hi");
        assert!(checked(&"𝒳".repeat(5), 5, Lines::Many).is_ok());
        assert_eq!(checked("123456", 5, Lines::Many), Err(TextRefusal::TooLong { limit: 5 }));
    }

    #[test]
    fn invisible_text_is_empty() {
        for text in ["", "  ", "\u{200B}\u{FEFF}", "\u{200D}", "\u{2060}\n\u{00AD}", "\u{3164}"] {
            assert_eq!(checked(text, 10, Lines::Many), Err(TextRefusal::Empty), "{text:?}");
        }
    }

    #[test]
    fn nul_is_refused_everywhere_and_line_breaks_in_one_line_fields() {
        assert_eq!(checked("a\0b", 10, Lines::Many), Err(TextRefusal::ControlCharacter));
        for text in ["a\r\nb", "a\tb", "a\u{85}b", "a\u{2028}b"] {
            assert_eq!(checked(text, 10, Lines::One), Err(TextRefusal::ControlCharacter), "{text:?}");
            assert!(checked(text, 10, Lines::Many).is_ok());
        }
        assert!(checked("\u{202E}gpj", 10, Lines::One).is_ok());
    }

    #[test]
    fn debug_never_prints_the_text() {
        assert_eq!(format!("{:?}", Phi::new("canary")), "Phi(6 characters)");
    }
}
