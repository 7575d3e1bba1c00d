//! What somebody has begun to write and not sent: as it stands under their hands, within the limits of what it will be.

use super::MessageBody;
use crate::text::{Lines, Phi, TextRefusal, unfinished};
use crate::thread::{Category, Subject};

/// What the words of a draft are to become in a thread. The two never share a draft.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DraftKind {
    /// A public message to the other side.
    Reply,
    /// An internal note of the staff.
    Note,
}

/// The text of a message to come: up to 5,000 code points, not trimmed, for its writer goes on where it ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftText(Phi);

impl DraftText {
    /// Checks a text.
    ///
    /// # Errors
    /// Too long, or holding NUL.
    pub fn parse(text: &str) -> Result<Self, TextRefusal> {
        unfinished(text, MessageBody::LIMIT, Lines::Many).map(Self)
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.0.expose().is_empty()
    }

    /// The text.
    pub const fn as_phi(&self) -> &Phi {
        &self.0
    }
}

/// The subject of a conversation to come: up to 200 code points on one line, not trimmed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftSubject(Phi);

impl DraftSubject {
    /// Checks a subject.
    ///
    /// # Errors
    /// Too long, or holding a control character.
    pub fn parse(text: &str) -> Result<Self, TextRefusal> {
        unfinished(text, Subject::LIMIT, Lines::One).map(Self)
    }

    /// The text.
    pub const fn as_phi(&self) -> &Phi {
        &self.0
    }
}

/// A conversation that a patient has begun to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewThreadDraft {
    /// What it will be called.
    pub subject: DraftSubject,
    /// What it is about, once that is chosen.
    pub category: Option<Category>,
    /// The first message.
    pub text: DraftText,
    /// Whether it is to shut proxies out.
    pub is_confidential: bool,
}

impl NewThreadDraft {
    /// Whether nothing is written: a choice alone is no draft.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.subject.as_phi().expose().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_stays_as_it_was_typed_within_the_limits_of_a_message() {
        assert_eq!(DraftText::parse("Dear Ana,\n\n ").unwrap().as_phi().expose(), "Dear Ana,\n\n ");
        assert!(DraftText::parse(&"𝒳".repeat(5_000)).is_ok());
        assert_eq!(DraftText::parse(&"x".repeat(5_001)), Err(TextRefusal::TooLong { limit: 5_000 }));
        assert_eq!(DraftText::parse("a\0b"), Err(TextRefusal::ControlCharacter));
        assert_eq!(DraftSubject::parse("Refill ").unwrap().as_phi().expose(), "Refill ");
        assert_eq!(DraftSubject::parse(&"é".repeat(201)), Err(TextRefusal::TooLong { limit: 200 }));
        assert_eq!(DraftSubject::parse("a\nb"), Err(TextRefusal::ControlCharacter));
    }

    #[test]
    fn what_cannot_be_seen_is_no_draft() {
        for text in ["", " \n", "\u{200B}"] {
            assert!(DraftText::parse(text).unwrap().is_empty(), "{text:?}");
        }
        let draft = |subject, text| NewThreadDraft {
            subject: DraftSubject::parse(subject).unwrap(),
            category: Some(Category::Medical),
            text: DraftText::parse(text).unwrap(),
            is_confidential: true,
        };
        assert!(draft("", " ").is_empty());
        assert!(!draft("Refill", "").is_empty());
        assert!(!draft("", "Hello").is_empty());
    }
}
