//! What bodies say of a patient's record.

use crate::http::fields::Fields;
use threadwell_application::FieldProblem;
use threadwell_domain::Moment;
use threadwell_domain::person::{BirthDate, EmailAddress, Language, Phone};

/// A date of birth that was.
pub(super) fn birth_date(fields: &mut Fields, text: &str, now: Moment) -> Option<BirthDate> {
    required(fields, "/birthDate", BirthDate::parse(text, now))
}

/// An e-mail address.
pub(super) fn email(fields: &mut Fields, text: &str) -> Option<EmailAddress> {
    required(fields, "/email", EmailAddress::parse(text))
}

/// A telephone number.
pub(super) fn phone(fields: &mut Fields, text: &str) -> Option<Phone> {
    fields.check("/phone", Phone::parse(text))
}

/// A language.
pub(super) fn language(fields: &mut Fields, text: &str) -> Option<Language> {
    required(fields, "/language", Language::parse(text))
}

fn required<T>(fields: &mut Fields, pointer: &str, parsed: Option<T>) -> Option<T> {
    if parsed.is_none() {
        fields.refuse(pointer, FieldProblem::Invalid);
    }
    parsed
}
