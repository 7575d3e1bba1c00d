//! What the kinds of file begin with.

use super::FileKind;

/// So many first bytes tell the kinds apart.
pub const SIGNATURE_BYTES: usize = 8;

impl FileKind {
    /// Whether a file that begins with these bytes can be of the kind. Give at least [`SIGNATURE_BYTES`], or all that
    /// there are.
    pub fn begins(self, first: &[u8]) -> bool {
        let signatures: &[&[u8]] = match self {
            Self::Jpeg => &[&[0xFF, 0xD8, 0xFF]],
            Self::Png => &[b"\x89PNG\r\n\x1a\n"],
            Self::Gif => &[b"GIF87a", b"GIF89a"],
            Self::Pdf => &[b"%PDF-"],
            // One with a password lies in the container of the old format: the inspector says so in better words.
            Self::Docx => &[b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
        };
        signatures.iter().any(|signature| first.starts_with(signature))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f07_the_first_bytes_tell_the_kinds_apart() {
        let files: [(&[u8], FileKind); 7] = [
            (b"\xFF\xD8\xFF\xE0....", FileKind::Jpeg),
            (b"\x89PNG\r\n\x1a\n", FileKind::Png),
            (b"GIF89a..", FileKind::Gif),
            (b"GIF87a..", FileKind::Gif),
            (b"%PDF-1.7", FileKind::Pdf),
            (b"PK\x03\x04....", FileKind::Docx),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind::Docx),
        ];
        for (first, kind) in files {
            for candidate in FileKind::ALL {
                assert_eq!(candidate.begins(first), candidate == kind, "{candidate:?} {first:?}");
            }
        }
        for other in [&b""[..], b"\xFF\xD8", b"MZ\x90\0\x03\0\0\0", b"\x7fELF", b"<svg xml", b" %PDF-1."] {
            assert!(FileKind::ALL.iter().all(|kind| !kind.begins(other)), "{other:?}");
        }
    }
}
