//! The bytes of a file between the request, which lives on one thread, and the storage, which need not.

use bytes::Bytes;
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use threadwell_application::ports::{FileStream, StorageFailure};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Pieces that wait for the storage; then the sender waits.
const WAITING: usize = 2;

/// `None` is the end. A sender that is dropped before it said so broke off.
type Piece = Option<Bytes>;

struct Arriving {
    pieces: Receiver<Piece>,
    is_over: bool,
}

impl Stream for Arriving {
    type Item = Result<Bytes, StorageFailure>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        match ready!(self.pieces.poll_recv(cx)) {
            Some(Some(bytes)) => Poll::Ready(Some(Ok(bytes))),
            Some(None) => {
                self.is_over = true;
                Poll::Ready(None)
            }
            None => {
                self.is_over = true;
                Poll::Ready(Some(Err(StorageFailure::BrokeOff)))
            }
        }
    }
}

/// The two ends.
pub(super) fn arriving() -> (Sender<Piece>, FileStream) {
    let (sender, pieces) = channel(WAITING);
    (sender, Box::pin(Arriving { pieces, is_over: false }))
}
