//! The five kinds of file that patients and staff may attach.

/// A kind of file (product.md, Attachments). What is none of these is refused, whatever it is called.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FileKind {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A GIF picture; its first frame is kept.
    Gif,
    /// A PDF document.
    Pdf,
    /// A Word document without macros.
    Docx,
}

impl FileKind {
    /// Every kind, in the order in which people are told of them.
    pub const ALL: [Self; 5] = [Self::Jpeg, Self::Png, Self::Gif, Self::Pdf, Self::Docx];

    /// The media type that it is served under.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// The extensions that a file of the kind may have, lower case; the first is the one that is given.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Gif => &["gif"],
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
        }
    }

    /// Whether it is decoded and written anew before anybody sees it.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Gif)
    }

    /// The number in storage; never changes.
    pub const fn code(self) -> i16 {
        match self {
            Self::Jpeg => 0,
            Self::Png => 1,
            Self::Gif => 2,
            Self::Pdf => 3,
            Self::Docx => 4,
        }
    }

    /// Reads a number given by [`FileKind::code`].
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind whose files may have this extension, in any case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.extensions().iter().any(|known| known.eq_ignore_ascii_case(extension)))
    }

    /// The kind of a declared media type; parameters and case do not matter.
    pub fn from_media_type(declared: &str) -> Option<Self> {
        let bare = declared.split(';').next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|kind| kind.media_type().eq_ignore_ascii_case(bare))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_extensions_and_media_types_lead_back_to_their_kind() {
        for kind in FileKind::ALL {
            assert_eq!(FileKind::from_code(kind.code()), Some(kind));
            assert_eq!(FileKind::from_media_type(&kind.media_type().to_uppercase()), Some(kind));
            for extension in kind.extensions() {
                assert_eq!(FileKind::from_extension(&extension.to_uppercase()), Some(kind));
            }
        }
    }

    #[test]
    fn nothing_else_is_a_kind() {
        for extension in ["svg", "html", "heic", "doc", "docm", "zip", "exe", "webp", "tiff", ""] {
            assert_eq!(FileKind::from_extension(extension), None, "{extension}");
        }
        assert_eq!(FileKind::from_media_type("image/svg+xml"), None);
        assert_eq!(FileKind::from_media_type("application/pdf; charset=utf-8"), Some(FileKind::Pdf));
    }
}
