//! What a file is called: a name that no system takes for a path, a header or a command.

use super::FileKind;
use crate::Phi;

/// A file's name: 1 to 255 code points with the extension of an allowed kind. Says what the picture or letter is of,
/// so it is protected like the message's text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileName {
    text: Phi,
    kind: FileKind,
}

/// Why a name was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FileNameRefusal {
    /// Nothing is left of it, or nothing before its extension.
    #[error("is empty")]
    Empty,
    /// More than 255 code points.
    #[error("is longer than {} characters", FileName::LIMIT)]
    TooLong,
    /// A control character, such as NUL or a line break.
    #[error("holds a control character")]
    ControlCharacter,
    /// Its extension is none of those that are allowed.
    #[error("has an extension that is not allowed")]
    KindNotAllowed,
}

impl FileName {
    /// The greatest number of code points.
    pub const LIMIT: usize = 255;

    /// Reads a name as a client sent it. Of a path its last part is kept; characters that turn the direction of
    /// writing around (`gpj.exe` shown as `exe.jpg`) or take no room are left out; dots and spaces at both ends, which hide
    /// a file or are dropped by some systems, as well; and names that Windows keeps for devices get an underscore in front.
    ///
    /// # Errors
    /// Nothing is left, it is too long, holds a control character, or has no allowed extension.
    pub fn parse(text: &str) -> Result<Self, FileNameRefusal> {
        if text.chars().any(is_control) {
            return Err(FileNameRefusal::ControlCharacter);
        }
        let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
        let visible: String = last.chars().filter(|c| !is_hidden(*c)).collect();
        let is_loose = |c: char| c == '.' || c.is_whitespace();
        let bare = visible.trim_start().trim_end_matches(is_loose);
        if bare.is_empty() {
            return Err(FileNameRefusal::Empty);
        }
        let (stem, extension) = bare.rsplit_once('.').ok_or(FileNameRefusal::KindNotAllowed)?;
        let kind = FileKind::from_extension(extension).ok_or(FileNameRefusal::KindNotAllowed)?;
        if stem.trim_matches(is_loose).is_empty() {
            return Err(FileNameRefusal::Empty);
        }
        // A name that begins with a dot is hidden on many systems.
        let bare = bare.trim_start_matches(is_loose);
        let safe =
            if is_device(stem.trim_start_matches(is_loose)) { format!("_{bare}") } else { bare.to_owned() };
        if safe.chars().nth(Self::LIMIT).is_some() {
            return Err(FileNameRefusal::TooLong);
        }
        Ok(Self { text: Phi::new(safe), kind })
    }

    /// The name.
    pub const fn as_phi(&self) -> &Phi {
        &self.text
    }

    /// The kind that its extension says.
    pub const fn kind(&self) -> FileKind {
        self.kind
    }

    /// The name for content of a kind: where a GIF has become a PNG, its extension says so.
    #[must_use]
    pub fn for_kind(self, kind: FileKind) -> Self {
        if self.kind == kind {
            return self;
        }
        let text = self.text.expose();
        let stem = text.rsplit_once('.').map_or(text, |(stem, _)| stem);
        let extension = kind.extensions().first().copied().unwrap_or_default();
        let room = Self::LIMIT.saturating_sub(extension.len() + 1);
        let stem: String = stem.chars().take(room).collect();
        Self { text: Phi::new(format!("{stem}.{extension}")), kind }
    }
}

fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Marks and overrides of the direction of writing, and characters without width.
const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Whether Windows would open a device instead of a file.
fn is_device(stem: &str) -> bool {
    let name = stem.split('.').next().unwrap_or_default().trim().to_ascii_uppercase();
    let numbered = |device: &str| {
        name.strip_prefix(device).is_some_and(|rest| {
            matches!(rest, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    matches!(name.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, FileNameRefusal> {
        FileName::parse(text).map(|name| name.as_phi().expose().to_owned())
    }

    #[test]
    fn f19_a_hostile_name_is_made_safe_or_refused() {
        for (text, expected) in [
            ("arm.jpg", "arm.jpg"),
            ("  Befund März.PDF ", "Befund März.PDF"),
            ("../../etc/scan.png", "scan.png"),
            ("C:\\Users\\ana\\arm.jpeg", "arm.jpeg"),
            ("\u{202E}gnp.exe.jpg", "gnp.exe.jpg"),
            ("a\"; filename=evil.jpg", "a\"; filename=evil.jpg"),
            ("🩹🩹.gif", "🩹🩹.gif"),
            ("arm.jpg. . ", "arm.jpg"),
            ("CON.pdf", "_CON.pdf"),
            ("lpt1.tar.docx", "_lpt1.tar.docx"),
            ("console.pdf", "console.pdf"),
            ("%2e%2e%2fx.pdf", "%2e%2e%2fx.pdf"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(expected), "{text:?}");
        }
        for (text, refusal) in [
            ("", FileNameRefusal::Empty),
            (" \u{200B}", FileNameRefusal::Empty),
            ("..", FileNameRefusal::Empty),
            (".jpg", FileNameRefusal::Empty),
            ("a/", FileNameRefusal::Empty),
            ("... .jpg", FileNameRefusal::Empty),
            ("a\r\nSet-Cookie: x.jpg", FileNameRefusal::ControlCharacter),
            ("a\0.jpg", FileNameRefusal::ControlCharacter),
            ("a\u{85}.jpg", FileNameRefusal::ControlCharacter),
            ("../../etc/passwd", FileNameRefusal::KindNotAllowed),
            ("\"; filename=evil.html", FileNameRefusal::KindNotAllowed),
            ("\u{202E}gpj.exe", FileNameRefusal::KindNotAllowed),
            (".htaccess", FileNameRefusal::KindNotAllowed),
            ("CON", FileNameRefusal::KindNotAllowed),
            ("arm.jpg.exe", FileNameRefusal::KindNotAllowed),
            ("arm.jpg::$DATA", FileNameRefusal::KindNotAllowed),
            ("arm.svg", FileNameRefusal::KindNotAllowed),
            (&format!("{}.jpg", "a".repeat(252)), FileNameRefusal::TooLong),
            (&format!("{}.jpg", "a".repeat(5_000)), FileNameRefusal::TooLong),
        ] {
            assert_eq!(read(text), Err(refusal), "{text:?}");
        }
        assert!(read(&format!("{}.jpg", "é".repeat(251))).is_ok());
    }

    #[test]
    fn a_name_follows_what_its_content_became() {
        let name = |text: &str| FileName::parse(text).unwrap();
        assert_eq!(name("dance.gif").for_kind(FileKind::Png).as_phi().expose(), "dance.png");
        assert_eq!(name("arm.JPEG").for_kind(FileKind::Jpeg).as_phi().expose(), "arm.JPEG");
        let long = name(&format!("{}.gif", "a".repeat(251))).for_kind(FileKind::Docx);
        assert_eq!(long.as_phi().expose().chars().count(), FileName::LIMIT);
    }

    proptest! {
        #[test]
        fn whatever_is_taken_is_safe(text in "\\PC{0,20}[./\\\\ ]{0,3}\\PC{0,10}\\.(jpg|PDF|exe)") {
            if let Ok(name) = FileName::parse(&text) {
                let safe = name.as_phi().expose();
                prop_assert!(!safe.contains(['/', '\\', '\0', '\r', '\n']));
                prop_assert!((1..=FileName::LIMIT).contains(&safe.chars().count()));
                prop_assert_eq!(FileName::parse(safe), Ok(name.clone()));
            }
        }
    }
}
