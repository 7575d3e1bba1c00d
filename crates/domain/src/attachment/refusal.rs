//! Why a file's content is refused.

/// Why the content of a file is refused for good. Each is a stable code on the wire (product.md, Error codes).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ContentRefusal {
    /// Its extension or content is none of the five kinds.
    KindNotAllowed,
    /// Content, extension and declared type do not say the same, or the content does not decode as what it says.
    KindMismatch,
    /// A document that does something when it is opened: scripts, launches, embedded files.
    ActiveContent,
    /// A document that cannot be looked into.
    Encrypted,
    /// A picture of more than 40 megapixels, or wider or higher than 12,000.
    PictureTooLarge,
    /// A document whose container is a bomb, leaves its place or is put together wrongly.
    ArchiveRejected,
    /// The malware scanner knows it.
    Malware,
}

impl ContentRefusal {
    /// Every refusal.
    pub const ALL: [Self; 7] = [
        Self::KindNotAllowed,
        Self::KindMismatch,
        Self::ActiveContent,
        Self::Encrypted,
        Self::PictureTooLarge,
        Self::ArchiveRejected,
        Self::Malware,
    ];

    /// The code on the wire; never changes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::KindNotAllowed => "file_type_not_allowed",
            Self::KindMismatch => "file_type_mismatch",
            Self::ActiveContent => "active_content",
            Self::Encrypted => "encrypted_file",
            Self::PictureTooLarge => "image_too_large",
            Self::ArchiveRejected => "archive_rejected",
            Self::Malware => "malware_detected",
        }
    }

    /// The number in storage; never changes.
    pub const fn code(self) -> i16 {
        match self {
            Self::KindNotAllowed => 0,
            Self::KindMismatch => 1,
            Self::ActiveContent => 2,
            Self::Encrypted => 3,
            Self::PictureTooLarge => 4,
            Self::ArchiveRejected => 5,
            Self::Malware => 6,
        }
    }

    /// Reads a number given by [`ContentRefusal::code`].
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code)
    }

    /// Reads a name given by [`ContentRefusal::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.name() == name)
    }
}
