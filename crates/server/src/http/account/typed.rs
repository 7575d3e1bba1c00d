//! What people type into forms about accounts.

use crate::http::error::{ApiError, ApiResult};
use threadwell_application::FieldProblem;
use threadwell_application::ports::TypedPassword;
use threadwell_crypto::passwords::{MAX_CODE_POINTS, Password, PasswordRefusal};
use threadwell_domain::Phi;

const LONGEST_EMAIL: usize = 320;

/// A password within the limits; whether it is strong enough is asked later.
pub(crate) fn password(pointer: &'static str, text: &str) -> ApiResult<TypedPassword> {
    match Password::parse(text) {
        Ok(password) => Ok(TypedPassword::new(password.normalised())),
        Err(PasswordRefusal::Empty) => Err(ApiError::field(pointer, FieldProblem::Empty)),
        Err(PasswordRefusal::TooLong) => {
            Err(ApiError::field(pointer, FieldProblem::TooLong(MAX_CODE_POINTS)))
        }
        Err(PasswordRefusal::HoldsNul) => Err(ApiError::field(pointer, FieldProblem::ControlCharacter)),
    }
}

/// An e-mail that somebody has, or says to have: it is only looked up.
pub(crate) fn known_email(text: &str) -> ApiResult<Phi> {
    let email = text.trim();
    if email.is_empty() || email.chars().count() > LONGEST_EMAIL || email.contains('\0') {
        return Err(ApiError::field("/email", FieldProblem::Invalid));
    }
    Ok(Phi::new(email))
}

/// An e-mail to be kept and mailed to: one name, one host with a dot, nothing that a header could take amiss.
pub(crate) fn new_email(text: &str) -> ApiResult<Phi> {
    let email = known_email(text)?;
    let (name, host) = email.expose().rsplit_once('@').unwrap_or_default();
    let is_odd =
        |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"' | '@');
    let is_host = host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    if name.is_empty() || !is_host || name.contains(is_odd) || host.contains(is_odd) {
        return Err(ApiError::field("/email", FieldProblem::Invalid));
    }
    Ok(email)
}

/// A birth date as `YYYY-MM-DD`.
pub(crate) fn birth_date(text: &str) -> ApiResult<Phi> {
    let is_date = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .is_ok_and(|date| date.format("%Y-%m-%d").to_string() == text);
    if is_date { Ok(Phi::new(text)) } else { Err(ApiError::field("/birthDate", FieldProblem::Invalid)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_to_mail_to_has_one_name_and_a_host() {
        for good in ["ana@example.org", " a+b.c@mail.example.org ", "añá@exámple.org", "o'hara@x.ie"] {
            assert!(new_email(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "ana@host",
            "ana@.org",
            "a b@example.org",
            "a@b@example.org",
            "ana@example.org\r\nBcc: x@example.org",
            "<ana@example.org>",
            "a,b@example.org",
            "ana@exa mple.org",
        ] {
            assert!(new_email(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_birth_date_has_one_spelling() {
        assert!(birth_date("1980-02-03").is_ok());
        for bad in ["", "1980-2-3", "1980-02-30", "03.02.1980", " 1980-02-03", "1980-02-03T00:00"] {
            assert!(birth_date(bad).is_err(), "{bad}");
        }
    }
}
