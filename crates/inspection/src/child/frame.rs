//! What parent and child say to each other: one question on standard input, one answer on standard output.
//!
//! The question is two bytes (what, which kind) and the file to its end. The answer is a greeting, sent once the limits
//! hold and before a byte of the file is read, then one tagged verdict.

use std::io::{self, Write};

use threadwell_domain::attachment::{ContentRefusal, FileKind};

use crate::cleaning::Cleaned;

/// The greeting: three bytes, the last says how the child is confined.
pub(crate) const GREETING: [u8; 2] = *b"TW";
/// The greeting's end where system calls are filtered.
pub(crate) const SEALED: u8 = b'S';
/// The greeting's end where the system cannot filter them: limits alone hold.
pub(crate) const LIMITED: u8 = b'L';

pub(crate) const ACCEPTED: u8 = b'A';
pub(crate) const REFUSED: u8 = b'R';
pub(crate) const PICTURE: u8 = b'P';
/// The bytes behind [`PICTURE`] before the two pictures: kinds, width, height, lengths.
pub(crate) const PICTURE_HEADER: usize = 18;
/// The most bytes of a thumbnail: four times 512 times 512, and some.
pub(crate) const MOST_THUMBNAIL: usize = 2 * 1024 * 1024;

/// What the child is asked to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Task {
    Inspect,
    Clean,
}

impl Task {
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Inspect => b'i',
            Self::Clean => b'c',
        }
    }

    pub(crate) const fn from_code(code: u8) -> Option<Self> {
        match code {
            b'i' => Some(Self::Inspect),
            b'c' => Some(Self::Clean),
            _ => None,
        }
    }
}

/// What the child answers.
#[derive(Debug)]
pub(crate) enum Answer {
    Accepted,
    Refused(ContentRefusal),
    Picture(Box<Cleaned>),
}

/// The kind as one byte.
pub(crate) fn kind_code(kind: FileKind) -> u8 {
    u8::try_from(kind.code()).unwrap_or(u8::MAX)
}

/// Reads [`kind_code`].
pub(crate) fn kind_from_code(code: u8) -> Option<FileKind> {
    FileKind::from_code(code.into())
}

/// Writes the answer.
pub(crate) fn write(answer: &Answer, to: &mut impl Write) -> io::Result<()> {
    match answer {
        Answer::Accepted => to.write_all(&[ACCEPTED])?,
        Answer::Refused(refusal) => {
            to.write_all(&[REFUSED, u8::try_from(refusal.code()).unwrap_or(u8::MAX)])?
        }
        Answer::Picture(cleaned) => write_picture(cleaned, to)?,
    }
    to.flush()
}

fn write_picture(cleaned: &Cleaned, to: &mut impl Write) -> io::Result<()> {
    to.write_all(&[PICTURE, kind_code(cleaned.kind), kind_code(cleaned.thumbnail_kind)])?;
    let lengths = [cleaned.picture.len(), cleaned.thumbnail.len()];
    for number in [cleaned.width, cleaned.height] {
        to.write_all(&number.to_be_bytes())?;
    }
    for length in lengths {
        to.write_all(&u32::try_from(length).map_err(io::Error::other)?.to_be_bytes())?;
    }
    to.write_all(&cleaned.picture)?;
    to.write_all(&cleaned.thumbnail)
}
