//! One exchange with clamd on a connection of its own. `z` before a command: it and the answer end with a NUL.

use std::{io, pin::pin};

use threadwell_application::ports::{FileStream, ScanFailure, ScanVerdict, StorageFailure};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufWriter, split};

use crate::{
    ClamdFailure,
    answer::{self, LONGEST_ANSWER},
    pieces::next_piece,
};

/// The most bytes that are announced at once.
const LONGEST_CHUNK: usize = 64 * 1024;

/// A connection to clamd, of whichever kind.
pub(crate) trait Connection: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Connection for T {}

/// Hands a file over and reads the verdict.
///
/// **Invariant:** no verdict is taken before the end of the file was sent. Whoever answers earlier answers another
/// question.
pub(crate) async fn instream(
    connection: Box<dyn Connection>,
    content: FileStream,
) -> Result<ScanVerdict, ScanFailure> {
    let (from, to) = split(connection);
    let mut answer = pin!(read_answer(from));
    let sent = tokio::select! {
        biased;
        sent = send(to, content) => sent,
        early = &mut answer => return Err(too_early(early).into()),
    };
    match sent {
        Ok(()) => Ok(answer::parse(&answer.await?)?),
        Err(NotSent::Content(failure)) => Err(ScanFailure::Content(failure)),
        // clamd says why before it hangs up.
        Err(NotSent::Connection(lost)) => Err(match answer.await {
            Ok(early) => too_early(Ok(early)),
            Err(_) => ClamdFailure::ConnectionLost(lost),
        }
        .into()),
    }
}

/// Asks whether clamd answers at all.
pub(crate) async fn ping(mut connection: Box<dyn Connection>) -> Result<(), ClamdFailure> {
    connection.write_all(b"zPING\0").await.map_err(ClamdFailure::ConnectionLost)?;
    connection.flush().await.map_err(ClamdFailure::ConnectionLost)?;
    match read_answer(connection).await?.as_slice() {
        b"PONG\0" => Ok(()),
        _ => Err(ClamdFailure::Unintelligible),
    }
}

enum NotSent {
    Content(StorageFailure),
    Connection(io::Error),
}

impl From<io::Error> for NotSent {
    fn from(error: io::Error) -> Self {
        Self::Connection(error)
    }
}

/// Sends the command, the file in chunks led by their length, and a length of nought for its end. A file that breaks
/// off gets no end, and clamd forgets it when the connection closes.
async fn send(to: impl AsyncWrite + Unpin, mut content: FileStream) -> Result<(), NotSent> {
    let mut to = BufWriter::new(to);
    to.write_all(b"zINSTREAM\0").await?;
    while let Some(piece) = next_piece(&mut content).await {
        let piece = piece.map_err(NotSent::Content)?;
        // None of them is empty, even where the piece is: that would end the file.
        for chunk in piece.chunks(LONGEST_CHUNK) {
            let length = u32::try_from(chunk.len()).map_err(io::Error::other)?;
            to.write_all(&length.to_be_bytes()).await?;
            to.write_all(chunk).await?;
        }
    }
    to.write_all(&[0; 4]).await?;
    to.flush().await?;
    Ok(())
}

/// Reads until clamd hangs up, so that nothing can follow what looks like an answer.
async fn read_answer(from: impl AsyncRead + Unpin) -> Result<Vec<u8>, ClamdFailure> {
    let mut answer = Vec::new();
    let longest = u64::try_from(LONGEST_ANSWER).unwrap_or(u64::MAX);
    let mut from = from.take(longest.saturating_add(1));
    from.read_to_end(&mut answer).await.map_err(ClamdFailure::ConnectionLost)?;
    Ok(answer)
}

/// The reason in an answer that came before the end of the file; a verdict is none.
fn too_early(answer: Result<Vec<u8>, ClamdFailure>) -> ClamdFailure {
    match answer.and_then(|answer| answer::parse(&answer)) {
        Err(
            failure @ (ClamdFailure::TooLarge | ClamdFailure::Reported(_) | ClamdFailure::ConnectionLost(_)),
        ) => failure,
        Ok(_) | Err(_) => ClamdFailure::AnsweredEarly,
    }
}
