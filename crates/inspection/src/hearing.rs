//! What the parent hears of a child, and what it makes of it.

use std::{io, os::unix::process::ExitStatusExt, process::ExitStatus};

use threadwell_application::ports::InspectionFailure;
use threadwell_domain::attachment::{ContentRefusal, FileKind, MAX_FILE_BYTES};
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::{
    bytes::Bytes,
    child::frame::{self, Answer},
    cleaning::Cleaned,
    pictures::check_extent,
    process::unavailable,
};

/// The exit code of a Rust program that panicked.
const PANICKED: i32 = 101;
/// The signal that the kernel ends a process with when the machine has no memory left.
const KILLED: i32 = 9;

/// The last byte of the greeting, once it came.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Heard {
    confinement: Option<u8>,
}

/// How the talk ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    Ended {
        heard: Heard,
        answer: io::Result<Answer>,
        status: ExitStatus,
    },
    TookTooLong {
        heard: Heard,
        /// Whether it had been given a processor at all.
        was_at_work: bool,
    },
}

/// Reads the greeting and the answer, never more than an answer may have.
pub(crate) async fn listen(mut output: impl AsyncRead + Unpin, heard: &mut Heard) -> io::Result<Answer> {
    let mut greeting = [0; 3];
    output.read_exact(&mut greeting).await?;
    let [first, second, confinement] = greeting;
    if [first, second] != frame::GREETING || !matches!(confinement, frame::SEALED | frame::LIMITED) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    heard.confinement = Some(confinement);
    let answer = match output.read_u8().await? {
        frame::ACCEPTED => Answer::Accepted,
        frame::REFUSED => {
            let code = output.read_u8().await?;
            Answer::Refused(ContentRefusal::from_code(code.into()).ok_or(io::ErrorKind::InvalidData)?)
        }
        frame::PICTURE => Answer::Picture(Box::new(picture(&mut output).await?)),
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    match output.read_u8().await {
        Err(end) if end.kind() == io::ErrorKind::UnexpectedEof => Ok(answer),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}

async fn picture(output: &mut (impl AsyncRead + Unpin)) -> io::Result<Cleaned> {
    let mut header = [0; frame::PICTURE_HEADER];
    output.read_exact(&mut header).await?;
    let (mut cleaned, lengths) = announced(&header).ok_or(io::ErrorKind::InvalidData)?;
    cleaned.picture = piece(output, lengths[0], cleaned.kind).await?;
    cleaned.thumbnail = piece(output, lengths[1], cleaned.thumbnail_kind).await?;
    Ok(cleaned)
}

/// What a header announces, if no honest child could not have announced it.
fn announced(header: &[u8]) -> Option<(Cleaned, [usize; 2])> {
    let mut bytes = Bytes::new(header);
    let (kind, thumbnail_kind) = (frame::kind_from_code(bytes.u8()?)?, frame::kind_from_code(bytes.u8()?)?);
    let (width, height) = (bytes.u32_be()?, bytes.u32_be()?);
    let lengths = [usize::try_from(bytes.u32_be()?).ok()?, usize::try_from(bytes.u32_be()?).ok()?];
    let fits = lengths[0] <= usize::try_from(MAX_FILE_BYTES).ok()? && lengths[1] <= frame::MOST_THUMBNAIL;
    check_extent(width, height).ok()?;
    let cleaned = Cleaned { picture: Vec::new(), kind, thumbnail: Vec::new(), thumbnail_kind, width, height };
    fits.then_some((cleaned, lengths))
}

/// A picture of the announced length, which begins as pictures of its kind do.
async fn piece(output: &mut (impl AsyncRead + Unpin), length: usize, kind: FileKind) -> io::Result<Vec<u8>> {
    let mut piece = vec![0; length];
    output.read_exact(&mut piece).await?;
    let is_kind = match kind {
        FileKind::Jpeg => piece.starts_with(b"\xff\xd8\xff"),
        FileKind::Png => piece.starts_with(b"\x89PNG\r\n\x1a\n"),
        FileKind::Gif | FileKind::Pdf | FileKind::Docx => false,
    };
    if is_kind { Ok(piece) } else { Err(io::ErrorKind::InvalidData.into()) }
}

impl Outcome {
    /// Whether the child could not be confined as it should be.
    pub(crate) fn is_unsealed(&self) -> bool {
        let (Self::Ended { heard, .. } | Self::TookTooLong { heard, .. }) = self;
        heard.confinement == Some(frame::LIMITED)
    }

    /// The answer, or what its absence means: a child that never greeted was not started, whatever the file; one that
    /// greeted and then broke, broke on the file. What the machine does is nobody's fault: the kernel's last signal, when
    /// no memory is left, and time that passed while others worked. The file is looked into another time.
    pub(crate) fn verdict(self, when_it_breaks: ContentRefusal) -> Result<Answer, InspectionFailure> {
        match self {
            Self::Ended { answer: Ok(answer), status, .. } if status.success() => Ok(answer),
            Self::TookTooLong { heard: Heard { confinement: Some(_) }, was_at_work: true } => {
                Ok(Answer::Refused(when_it_breaks))
            }
            Self::Ended { heard: Heard { confinement: Some(_) }, answer, status } => {
                let is_garbled = answer.is_err_and(|error| error.kind() == io::ErrorKind::InvalidData);
                let broke = status.signal().is_some_and(|signal| signal != KILLED);
                if broke || is_garbled || status.code() == Some(PANICKED) {
                    Ok(Answer::Refused(when_it_breaks))
                } else {
                    Err(unavailable(format!("the inspector ended without an answer: {status}")))
                }
            }
            Self::Ended { status, .. } => Err(unavailable(format!("the inspector did not start: {status}"))),
            Self::TookTooLong { .. } => Err(unavailable("the inspector was not given the time")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_not_at_work_did_not_break_on_the_file() {
        let greeted = Heard { confinement: Some(frame::SEALED) };
        let late = |heard, was_at_work| {
            Outcome::TookTooLong { heard, was_at_work }.verdict(ContentRefusal::ArchiveRejected)
        };
        assert!(matches!(late(greeted, true), Ok(Answer::Refused(ContentRefusal::ArchiveRejected))));
        for outcome in [late(greeted, false), late(Heard::default(), true)] {
            assert!(matches!(outcome, Err(InspectionFailure::Unavailable(_))));
        }
    }
}
