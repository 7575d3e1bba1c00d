//! Prepared answers that staff start from.

use crate::message::MessageBody;
use crate::text::{Lines, Phi, TextRefusal, checked};
use crate::thread::Category;

/// The title of a prepared answer: 1 to 255 code points on one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CannedTitle(Phi);

impl CannedTitle {
    /// The greatest number of code points.
    pub const LIMIT: usize = 255;

    /// Trims and checks a title.
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

/// What a prepared answer says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CannedText {
    /// How staff find it.
    pub title: CannedTitle,
    /// Where it is offered first.
    pub category: Category,
    /// The text put into the composer; may hold blanks.
    pub response: MessageBody,
}

/// The prepared answers that every new practice gets (product.md "Message").
pub const DEFAULT_CANNED_RESPONSES: [(&str, Category, &str); 5] = [
    (
        "Prescription Approved",
        Category::Prescription,
        "Your prescription refill has been approved and sent to your pharmacy. Please allow 24-48 hours for the pharmacy to have it ready for pickup.",
    ),
    (
        "Appointment Scheduled",
        Category::Appointment,
        "Your appointment has been scheduled. You will receive a confirmation email with the date, time, and location details. Please arrive 15 minutes early to complete any necessary paperwork.",
    ),
    (
        "Need More Information",
        Category::General,
        "Thank you for your message. To better assist you, we need some additional information. Please provide [specific details needed].",
    ),
    (
        "Test Results Normal",
        Category::Medical,
        "Your recent test results have been reviewed by your provider and are within normal limits. If you have any questions or concerns, please let us know.",
    ),
    (
        "Billing Question - Forward",
        Category::Billing,
        "Thank you for your billing question. I have forwarded your message to our billing department, who will respond within 2-3 business days.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::placeholders;

    #[test]
    fn the_defaults_keep_their_own_rules() {
        for (title, _, text) in DEFAULT_CANNED_RESPONSES {
            assert!(CannedTitle::parse(title).is_ok());
            assert!(MessageBody::parse(text).is_ok());
        }
        let blanks: usize =
            DEFAULT_CANNED_RESPONSES.iter().map(|(_, _, text)| placeholders(text).len()).sum();
        assert_eq!(blanks, 1);
    }

    #[test]
    fn a_title_has_one_to_255_code_points() {
        assert!(CannedTitle::parse(&"t".repeat(255)).is_ok());
        assert_eq!(CannedTitle::parse(&"t".repeat(256)), Err(TextRefusal::TooLong { limit: 255 }));
    }
}
