//! E-mail addresses.

use crate::Phi;

/// In bytes, like those of all of it (RFC 5321, RFC 1034).
const LONGEST_NAME: usize = 64;
const LONGEST_LABEL: usize = 63;

/// An e-mail address: whether it is somebody's, only a mail can tell.
///
/// **Invariant:** mail can be written to it. Quoted names, comments, lists and addresses of machines are legal and
/// refused: no patient has one, and each is a way to say two things with one text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EmailAddress(Phi);

impl EmailAddress {
    /// The greatest number of bytes (RFC 5321).
    pub const LIMIT: usize = 254;

    /// Trims and checks an address: a name of atoms with dots between them, and a host that a domain can have.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, host) = text.split_once('@')?;
        let fits = text.len() <= Self::LIMIT && is_name(name) && is_host(host);
        fits.then(|| Self(Phi::new(text)))
    }

    /// The text.
    pub const fn as_phi(&self) -> &Phi {
        &self.0
    }
}

fn is_name(name: &str) -> bool {
    let is_of_atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    name.len() <= LONGEST_NAME && name.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_of_atom))
}

/// Letters may be of any language. The last label has a letter: an address of a machine has none.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        label.starts_with(char::is_alphanumeric)
            && label.ends_with(char::is_alphanumeric)
            && label.len() <= LONGEST_LABEL
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let last = host.rsplit_once('.').map(|(_, last)| last);
    last.is_some_and(|last| last.contains(char::is_alphabetic)) && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_host() {
        for good in [
            "a@b.co",
            " ana.silva+x@example.org ",
            "日本@例え.jp",
            "añá@exámple.org",
            "o'hara@x.ie",
            "a_b-c/d=e!f@1.example.org",
            "a@xn--r8jz45g.jp",
            "a@b.xn--p1ai",
            &format!("{}@b.co", "a".repeat(64)),
            &format!("a@{}.co", "b".repeat(63)),
        ] {
            assert!(EmailAddress::parse(good).is_some(), "{good}");
        }
    }

    #[test]
    fn what_no_mail_can_be_written_to_is_no_address() {
        let long = format!("a@{}.co", vec!["b".repeat(49); 6].join("."));
        for bad in [
            "",
            "a",
            "a@",
            "@b.co",
            "a@b",
            "a@b.",
            "a@.b",
            "a@b..co",
            "a@@b.co",
            "a@b@c.de",
            "a b@c.de",
            "a@b c.de",
            "a@b.co\nBcc: x@y.zz",
            "a\0@b.co",
            "<a@b.co>",
            "a,b@c.de",
            "\"a\"@b.co",
            "z(z)@x.example",
            "z@x(z).example",
            "z..z@x.example",
            ".z@x.example",
            "z.@x.example",
            "z:z@x.example",
            "z@-x.example",
            "z@x-.example",
            "z@x_y.example",
            "z@x.123",
            "z@127.0.0.1",
            "z@[127.0.0.1]",
            "z@[IPv6:::1]",
            "z\u{202e}z@x.example",
            "z\u{200b}z@x.example",
            "z@x\u{200b}\u{ad}.",
            &format!("{}@b.co", "a".repeat(65)),
            &format!("{}@b.co", "é".repeat(33)),
            &format!("z@x.{}", "y".repeat(80)),
            &long,
        ] {
            assert!(EmailAddress::parse(bad).is_none(), "{bad:?}");
        }
    }
}
