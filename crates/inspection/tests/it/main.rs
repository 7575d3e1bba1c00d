//! What becomes of hostile and of ordinary files, looked into as the product does it: in a process of their own.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests may stop")]

mod confinement;
mod memory;
mod mutations;
mod photos;
mod process;
mod verdicts;

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use threadwell_application::ports::{FileStream, InspectionFailure, StorageFailure};
use threadwell_domain::attachment::ContentRefusal;
use threadwell_inspection::{InspectorProcess, InspectorSettings};

/// The inspector as the product runs it, with this crate's own program. It waits longer: whatever else a busy machine does
/// goes before it.
fn inspector() -> InspectorProcess {
    InspectorProcess::new(InspectorSettings {
        program: env!("CARGO_BIN_EXE_inspect-file").into(),
        arguments: Vec::new(),
        time_limit: Duration::from_secs(120),
        ..InspectorSettings::default()
    })
}

/// A file on its way, in pieces.
fn stream(bytes: &[u8]) -> FileStream {
    let pieces = bytes.chunks(64 * 1024).map(|piece| Ok(Bytes::copy_from_slice(piece)));
    Box::pin(Pieces(pieces.collect::<Vec<_>>().into_iter()))
}

struct Pieces(std::vec::IntoIter<Result<Bytes, StorageFailure>>);

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, StorageFailure>;

    fn poll_next(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

/// A file that does not come.
struct Never;

impl futures_core::Stream for Never {
    type Item = Result<Bytes, StorageFailure>;

    fn poll_next(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Pending
    }
}

/// Why a file was refused; anything else stops the test.
fn refusal<T>(outcome: Result<T, InspectionFailure>) -> Option<ContentRefusal> {
    match outcome {
        Ok(_) => None,
        Err(InspectionFailure::Refused(refusal)) => Some(refusal),
        Err(other) => panic!("{other:?}"),
    }
}
