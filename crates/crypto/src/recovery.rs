//! Recovery codes: eighty bits to write down, in Crockford's base32, read as people read.

use zeroize::Zeroizing;

use crate::CryptoError;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARS: usize = 16;
const GROUP: usize = 4;

/// Draws a code, such as `7Q2K-M0ZD-R5VX-9H3B`.
///
/// # Errors
/// The system has no random bytes.
pub fn generate() -> Result<Zeroizing<String>, CryptoError> {
    let mut bytes = Zeroizing::new([0u8; CHARS]);
    aws_lc_rs::rand::fill(bytes.as_mut_slice()).map_err(|_| CryptoError::Unavailable)?;
    let mut code = Zeroizing::new(String::with_capacity(CHARS + CHARS / GROUP));
    for (place, byte) in bytes.iter().enumerate() {
        if place > 0 && place % GROUP == 0 {
            code.push('-');
        }
        // Five bits of each byte: 256 is a multiple of 32, so no letter is likelier than another.
        let letter = ALPHABET.get(usize::from(byte % 32)).copied().unwrap_or(b'0');
        code.push(char::from(letter));
    }
    Ok(code)
}

/// The one spelling of a code that somebody typed: in either case, grouped or not, with `o` for zero and `i` or `l` for
/// one. `None` if it cannot be a code.
#[must_use]
pub fn read(typed: &str) -> Option<Zeroizing<String>> {
    let mut code = Zeroizing::new(String::with_capacity(CHARS));
    for letter in typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-') {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let is_known = u8::try_from(letter).is_ok_and(|letter| ALPHABET.contains(&letter));
        if !is_known || code.len() == CHARS {
            return None;
        }
        code.push(letter);
    }
    (code.len() == CHARS).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_four_groups_of_four_and_all_differ() {
        let codes: HashSet<String> = (0..1_000).map(|_| generate().unwrap().to_string()).collect();
        assert_eq!(codes.len(), 1_000);
        for code in &codes {
            assert_eq!(code.len(), 19);
            assert!(code.split('-').all(|group| group.len() == 4), "{code}");
            assert_eq!(read(code).unwrap().as_str(), code.replace('-', ""));
        }
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = "7Q2KM0ZDR5VX1H3B";
        for typed in
            ["7q2k-m0zd-r5vx-1h3b", " 7Q2K MOZD R5VX LH3B ", "7q2kmozdr5vxih3b", "7Q2K--M0ZD-R5VX-1H3B"]
        {
            assert_eq!(read(typed).unwrap().as_str(), code, "{typed}");
        }
        for odd in [
            "",
            "7Q2K",
            "7Q2K-M0ZD-R5VX-1H3B-7",
            "7Q2K-M0ZD-R5VX-1H3U",
            "7Q2K-M0ZD-R5VX-1H3é",
            "７Q2KM0ZDR5VX1H3B",
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
        assert_eq!(read(&"1".repeat(1_000_000)), None);
    }
}
