use std::future::poll_fn;

use bytes::Bytes;
use threadwell_application::ports::{FileStream, StorageFailure};

/// The next bytes of a file, or its end.
pub(crate) async fn next_piece(content: &mut FileStream) -> Option<Result<Bytes, StorageFailure>> {
    poll_fn(|context| content.as_mut().poll_next(context)).await
}
