//! Files on their way, as a storage would give them.

use std::{
    collections::VecDeque,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;
use threadwell_application::ports::{FileStream, StorageFailure};

type Piece = Result<Bytes, StorageFailure>;

struct Pieces(VecDeque<Piece>);

impl Stream for Pieces {
    type Item = Piece;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Piece>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// The pieces as they are, failures among them.
pub(crate) fn of(pieces: impl IntoIterator<Item = Piece>) -> FileStream {
    Box::pin(Pieces(pieces.into_iter().collect()))
}

/// A file in pieces of a size.
pub(crate) fn in_pieces(bytes: &[u8], size: usize) -> FileStream {
    of(bytes.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece))))
}

/// A file in the pieces that a storage gives.
pub(crate) fn whole(bytes: &[u8]) -> FileStream {
    in_pieces(bytes, 64 * 1024)
}

struct Endless {
    pulled: Arc<AtomicUsize>,
    piece: Bytes,
}

impl Stream for Endless {
    type Item = Piece;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Piece>> {
        self.pulled.fetch_add(self.piece.len(), Ordering::Relaxed);
        Poll::Ready(Some(Ok(self.piece.clone())))
    }
}

/// A file without end, and how many bytes of it were asked for.
pub(crate) fn endless() -> (FileStream, Arc<AtomicUsize>) {
    let pulled = Arc::new(AtomicUsize::new(0));
    let stream = Endless { pulled: pulled.clone(), piece: Bytes::from(vec![b'a'; 64 * 1024]) };
    (Box::pin(stream), pulled)
}

struct Stalled(Option<Bytes>);

impl Stream for Stalled {
    type Item = Piece;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Piece>> {
        self.0.take().map_or(Poll::Pending, |piece| Poll::Ready(Some(Ok(piece))))
    }
}

/// A file of which the beginning comes and nothing more, not even a failure.
pub(crate) fn stalled(beginning: &[u8]) -> FileStream {
    Box::pin(Stalled(Some(Bytes::copy_from_slice(beginning))))
}
