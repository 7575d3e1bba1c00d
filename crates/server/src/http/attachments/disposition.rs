//! What a downloaded file is to be called (RFC 6266): in plain ASCII for old programs, and as it is.

use std::fmt::Write;

/// The header's value. Whatever the name holds, it cannot end the value or begin another parameter.
pub(super) fn attachment(name: &str) -> String {
    let mut value = String::from("attachment; filename=\"");
    value.extend(name.chars().map(plain));
    value.push_str("\"; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'~') {
            value.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(value, "%{byte:02X}");
        }
    }
    value
}

/// Percent signs too are left out: some programs decode them.
const fn plain(c: char) -> char {
    if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ' | '(' | ')' | '+' | ',' | '=' | '@') {
        c
    } else {
        '_'
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f19_no_name_breaks_out_of_its_header() {
        assert_eq!(
            attachment("arm (1).jpg"),
            "attachment; filename=\"arm (1).jpg\"; filename*=UTF-8''arm%20%281%29.jpg"
        );
        assert_eq!(
            attachment("a\"; filename=evil.jpg"),
            "attachment; filename=\"a__ filename=evil.jpg\"; filename*=UTF-8''a%22%3B%20filename%3Devil.jpg"
        );
        assert_eq!(
            attachment("Größe.pdf"),
            "attachment; filename=\"Gr__e.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf"
        );
        for name in ["a\r\nSet-Cookie: x.jpg", "\\\".pdf", "%0d%0a.pdf", "🩹.gif", "\u{202E}.png"] {
            let value = attachment(name);
            assert!(value.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{value}");
            assert_eq!(value.matches('"').count(), 2, "{value}");
            assert_eq!(value.matches(';').count(), 2, "{value}");
        }
    }
}
