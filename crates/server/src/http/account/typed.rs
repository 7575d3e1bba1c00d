//! What people type into forms about accounts.

use crate::http::error::{ApiError, ApiResult};
use threadwell_application::FieldProblem;
use threadwell_application::ports::TypedPassword;
use threadwell_crypto::passwords::{MAX_CODE_POINTS, Password, PasswordRefusal};
use threadwell_domain::Phi;
use threadwell_domain::person::EmailAddress;

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

/// An e-mail to be kept and mailed to.
pub(crate) fn new_email(text: &str) -> ApiResult<Phi> {
    let email = EmailAddress::parse(text);
    email.map(|email| email.as_phi().clone()).ok_or_else(|| ApiError::field("/email", FieldProblem::Invalid))
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
    fn a_birth_date_has_one_spelling() {
        assert!(birth_date("1980-02-03").is_ok());
        for bad in ["", "1980-2-3", "1980-02-30", "03.02.1980", " 1980-02-03", "1980-02-03T00:00"] {
            assert!(birth_date(bad).is_err(), "{bad}");
        }
    }
}
