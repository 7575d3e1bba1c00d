//! One door for every kind.

use threadwell_domain::attachment::{ContentRefusal, FileKind, MAX_FILE_BYTES};

use crate::{docx, pdf, pictures};

/// Looks into a whole file and refuses what may not be kept.
///
/// # Errors
/// Why it is refused.
pub fn inspect(kind: FileKind, bytes: &[u8]) -> Result<(), ContentRefusal> {
    if u64::try_from(bytes.len()).is_ok_and(|size| size <= MAX_FILE_BYTES) {
        match kind {
            FileKind::Jpeg => pictures::jpeg::inspect(bytes).map(|_| ()),
            FileKind::Png => pictures::png::inspect(bytes).map(|_| ()),
            FileKind::Gif => pictures::gif::inspect(bytes),
            FileKind::Pdf => pdf::inspect(bytes),
            FileKind::Docx => docx::inspect(bytes),
        }
    } else {
        Err(when_it_breaks(kind))
    }
}

/// What a file is refused with that brings the inspector down or keeps it busy too long: a document is then a trap,
/// and a picture does not decode as what it says.
pub(crate) const fn when_it_breaks(kind: FileKind) -> ContentRefusal {
    match kind {
        FileKind::Jpeg | FileKind::Png | FileKind::Gif => ContentRefusal::KindMismatch,
        FileKind::Pdf | FileKind::Docx => ContentRefusal::ArchiveRejected,
    }
}
