//! What the parent hears of a child, and what it makes of it.

use std::{io, os::unix::process::ExitStatusExt, process::ExitStatus};

use nix::libc;
use threadwell_application::ports::InspectionFailure;
use threadwell_domain::attachment::{ContentRefusal, FileKind, MAX_FILE_BYTES};
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::{
    bytes::Bytes,
    child::{
        confinement::Confinement,
        frame::{self, Answer},
    },
    cleaning::Cleaned,
    pictures::check_extent,
    process::unavailable,
};

/// The exit code of a Rust program that panicked.
const PANICKED: i32 = 101;
/// The signals that a process brings upon itself: by breaking, or by its limit of time on a processor. Any other was sent
/// to it: by the kernel, when the machine has no memory left, or by whoever stops the server.
const OF_ITS_OWN: [i32; 9] = [
    libc::SIGSEGV,
    libc::SIGBUS,
    libc::SIGILL,
    libc::SIGFPE,
    libc::SIGTRAP,
    libc::SIGABRT,
    libc::SIGSYS,
    libc::SIGXCPU,
    libc::SIGXFSZ,
];

/// The last byte of the greeting, once it came.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Heard {
    confinement: Option<Confinement>,
}

/// How the talk ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) heard: Heard,
    pub(crate) answer: io::Result<Answer>,
    pub(crate) status: ExitStatus,
}

/// Reads the greeting and the answer, never more than an answer may have.
pub(crate) async fn listen(mut output: impl AsyncRead + Unpin, heard: &mut Heard) -> io::Result<Answer> {
    let mut greeting = [0; 3];
    output.read_exact(&mut greeting).await?;
    let [first, second, last] = greeting;
    heard.confinement = Some(match ([first, second], last) {
        (frame::GREETING, frame::SEALED) => Confinement::Sealed,
        (frame::GREETING, frame::LIMITED) => Confinement::Limited,
        _ => return Err(io::ErrorKind::InvalidData.into()),
    });
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
    /// The answer, or what its absence means: a child that never greeted was not started, whatever the file; one that
    /// greeted and then broke, broke on the file. What the machine does is nobody's fault, and the file is looked into
    /// another time.
    pub(crate) fn verdict(
        self,
        when_it_breaks: ContentRefusal,
    ) -> Result<(Answer, Confinement), InspectionFailure> {
        let Self { heard: Heard { confinement: Some(confinement) }, answer, status } = self else {
            return Err(unavailable(format!("the inspector did not start: {}", self.status)));
        };
        let is_garbled = matches!(&answer, Err(error) if error.kind() == io::ErrorKind::InvalidData);
        let broke = status.signal().is_some_and(|signal| OF_ITS_OWN.contains(&signal));
        match answer {
            Ok(answer) if status.success() => Ok((answer, confinement)),
            _ if broke || is_garbled || status.code() == Some(PANICKED) => {
                Ok((Answer::Refused(when_it_breaks), confinement))
            }
            _ => Err(unavailable(format!("the inspector ended without an answer: {status}"))),
        }
    }
}
