//! The text of a message and its short form in lists.

use crate::text::{Lines, Phi, TextRefusal, checked};

/// The text of a message: 1 to 5,000 code points after trimming, plain text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MessageBody(Phi);

impl MessageBody {
    /// The greatest number of code points.
    pub const LIMIT: usize = 5_000;

    /// Trims and checks a text.
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

    /// The beginning, on one line, for lists.
    pub fn preview(&self) -> Preview {
        Preview::of(self.0.expose())
    }
}

/// The beginning of a message on one line: at most 160 code points.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview(Phi);

impl Preview {
    /// The greatest number of code points.
    pub const LIMIT: usize = 160;

    fn of(text: &str) -> Self {
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        match line.char_indices().nth(Self::LIMIT - 1) {
            Some((cut, last)) if line.len() > cut + last.len_utf8() => {
                let kept: String = line.chars().take(Self::LIMIT - 1).collect();
                Self(Phi::new(format!("{}…", kept.trim_end())))
            }
            _ => Self(Phi::new(line)),
        }
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
    fn five_thousand_code_points_fit_and_one_more_does_not() {
        assert!(MessageBody::parse(&"𝒳".repeat(5_000)).is_ok());
        assert_eq!(MessageBody::parse(&"x".repeat(5_001)), Err(TextRefusal::TooLong { limit: 5_000 }));
        assert_eq!(MessageBody::parse("a\0b"), Err(TextRefusal::ControlCharacter));
        assert_eq!(MessageBody::parse("\u{200B}"), Err(TextRefusal::Empty));
        assert_eq!(MessageBody::parse(" a\nb ").unwrap().as_phi().expose(), "a\nb");
    }

    #[test]
    fn a_preview_is_one_short_line() {
        let preview = |text: &str| MessageBody::parse(text).unwrap().preview().as_phi().expose().to_owned();
        assert_eq!(preview("Good\n\n  morning"), "Good morning");
        assert_eq!(preview(&"x".repeat(160)), "x".repeat(160));
        let cut = preview(&"é".repeat(161));
        assert_eq!(cut.chars().count(), 160);
        assert!(cut.ends_with('…'));
    }
}
