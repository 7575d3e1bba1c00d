//! The body of an upload in small pieces, counted.

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use bytes::Bytes;
use futures_core::Stream;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// The most bytes of a piece. After each one the reader has its turn, so that no more than a few are held.
const PIECE: usize = 16 * 1024;

/// A body that ends with an overflow as soon as more than its limit came.
pub(super) struct Metered {
    payload: Rc<RefCell<Payload>>,
    rest: Bytes,
    seen: Rc<Cell<u64>>,
    limit: u64,
    gave: bool,
}

impl Metered {
    /// Reads a body of at most so many bytes; the cell counts them.
    pub(super) fn new(payload: Rc<RefCell<Payload>>, limit: u64) -> (Self, Rc<Cell<u64>>) {
        let seen = Rc::new(Cell::new(0));
        (Self { payload, rest: Bytes::new(), seen: seen.clone(), limit, gave: false }, seen)
    }
}

impl Stream for Metered {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.gave) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.rest.is_empty() {
            let next = Pin::new(&mut *self.payload.borrow_mut()).poll_next(cx);
            match next {
                Poll::Ready(Some(Ok(bytes))) => self.rest = bytes,
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
        let length = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(length);
        self.seen.set(self.seen.get() + piece.len() as u64);
        if self.seen.get() > self.limit {
            return Poll::Ready(Some(Err(PayloadError::Overflow)));
        }
        self.gave = true;
        Poll::Ready(Some(Ok(piece)))
    }
}
