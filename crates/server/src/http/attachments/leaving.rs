//! The bytes of a file between the storage and a client: a reader who takes nothing for long holds no connection to the
//! storage.

use super::arriving::arriving;
use std::future::poll_fn;
use std::time::Duration;
use threadwell_application::ports::FileStream;
use tokio::sync::mpsc::Sender;
use tokio::time::timeout;
use tracing::{Instrument, Span};

/// How long a piece waits for its reader.
const PATIENCE: Duration = Duration::from_secs(60);

/// Content that goes on being read in a task of its own. Where it breaks off, so does what the client gets, so that
/// nobody takes a part for the whole.
pub(super) fn leaving(content: FileStream) -> FileStream {
    leaving_within(content, PATIENCE)
}

fn leaving_within(content: FileStream, patience: Duration) -> FileStream {
    let (pieces, left) = arriving();
    actix_web::rt::spawn(pump(content, pieces, patience).instrument(Span::current()));
    left
}

async fn pump(mut content: FileStream, pieces: Sender<Option<bytes::Bytes>>, patience: Duration) {
    loop {
        let piece = match poll_fn(|cx| content.as_mut().poll_next(cx)).await.transpose() {
            Ok(piece) => piece,
            Err(failure) => {
                tracing::error!(%failure, "a file broke off while it was handed out");
                return;
            }
        };
        let is_last = piece.is_none();
        match timeout(patience, pieces.send(piece)).await {
            Ok(Ok(())) if !is_last => {}
            // All of it is on its way, or the client has gone.
            Ok(_) => return,
            Err(_) => {
                tracing::warn!("a download was given up: nobody took it");
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use futures_core::Stream;
    use std::pin::Pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll};
    use threadwell_application::ports::StorageFailure;

    /// So many pieces; its connection is held for as long as it lives.
    struct Pieces(usize, Arc<AtomicUsize>);

    impl Stream for Pieces {
        type Item = Result<Bytes, StorageFailure>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            let Some(left) = self.0.checked_sub(1) else { return Poll::Ready(None) };
            self.0 = left;
            Poll::Ready(Some(Ok(Bytes::from_static(b"piece"))))
        }
    }

    impl Drop for Pieces {
        fn drop(&mut self) {
            self.1.fetch_sub(1, Ordering::SeqCst);
        }
    }

    async fn next(stream: &mut FileStream) -> Option<Result<Bytes, StorageFailure>> {
        poll_fn(|cx| stream.as_mut().poll_next(cx)).await
    }

    #[actix_web::test]
    async fn a_reader_who_takes_nothing_holds_no_connection_and_gets_no_whole() {
        let held = Arc::new(AtomicUsize::new(1));
        let content = Box::pin(Pieces(1_000, held.clone()));
        let mut left = leaving_within(content, Duration::from_millis(50));
        assert!(next(&mut left).await.unwrap().is_ok());
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(held.load(Ordering::SeqCst), 0);
        let mut taken = 0;
        while let Some(Ok(_)) = next(&mut left).await {
            taken += 1;
            assert!(taken < 10);
        }
        assert!(next(&mut left).await.is_none(), "it said that it broke off");
    }

    #[actix_web::test]
    async fn a_reader_who_takes_everything_gets_everything() {
        let mut left = leaving_within(Box::pin(Pieces(1_000, Arc::new(AtomicUsize::new(1)))), PATIENCE);
        let mut taken = 0;
        while let Some(piece) = next(&mut left).await {
            assert_eq!(piece.unwrap(), "piece");
            taken += 1;
        }
        assert_eq!(taken, 1_000);
    }
}
