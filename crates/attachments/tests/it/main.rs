//! The contract of the `AttachmentStorage` port on a directory and on two S3 servers, and what each has of its own.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests may stop")]

mod contract;
mod damage;
mod directory;
mod listing;
mod memory;
mod s3;
mod sites;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use threadwell_application::ports::{AttachmentStorage, Blob, BlobKey, BlobName, FileStream, StorageFailure};
use threadwell_domain::{AttachmentId, TenantId};
use uuid::Uuid;
use zeroize::Zeroizing;

const MIB: usize = 1024 * 1024;

/// A blob of its own for every number.
fn blob(number: u8) -> Blob {
    Blob {
        tenant: TenantId::new(Uuid::from_u128(1)),
        attachment: AttachmentId::new(Uuid::from_u128(2)),
        name: BlobName::new([number; 16]),
        key: BlobKey(Zeroizing::new([7; 32])),
    }
}

/// Bytes of which no two stretches are alike.
fn file(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at.wrapping_mul(31) ^ (at / 65_536).wrapping_mul(97) ^ (at >> 8)) as u8).collect()
}

/// A file on its way, in pieces.
fn content(bytes: &[u8], piece: usize) -> FileStream {
    let pieces: Vec<_> = bytes.chunks(piece).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    stream::iter(pieces).boxed()
}

/// A file whose sender goes away after so many bytes.
fn broken_off(len: usize) -> FileStream {
    content(&file(len), 50_000).chain(stream::iter([Err(StorageFailure::BrokeOff)])).boxed()
}

/// A file that never ends, and how much of it was asked for.
fn endless() -> (FileStream, Arc<AtomicU64>) {
    let asked = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&asked);
    let piece = Bytes::from(vec![0x5a; 65_536]);
    let pieces = stream::repeat_with(move || {
        count.fetch_add(piece.len() as u64, Ordering::Relaxed);
        Ok(piece.clone())
    });
    (pieces.boxed(), asked)
}

async fn store(storage: &dyn AttachmentStorage, blob: &Blob, bytes: &[u8]) {
    assert_eq!(storage.store(blob, content(bytes, 50_000)).await.unwrap(), bytes.len() as u64);
}

async fn read(
    storage: &dyn AttachmentStorage,
    blob: &Blob,
    size: usize,
    part: std::ops::Range<usize>,
) -> Result<Vec<u8>, StorageFailure> {
    let stream = storage.open(blob, size as u64, part.start as u64..part.end as u64).await?;
    let pieces: Vec<Bytes> = stream.try_collect().await?;
    Ok(pieces.concat())
}

/// What was given out, also before a failure.
async fn read_what_comes(
    storage: &dyn AttachmentStorage,
    blob: &Blob,
    size: usize,
) -> (Vec<u8>, Result<(), StorageFailure>) {
    let mut given = Vec::new();
    let mut stream = match storage.open(blob, size as u64, 0..size as u64).await {
        Ok(stream) => stream,
        Err(failure) => return (given, Err(failure)),
    };
    while let Some(piece) = stream.next().await {
        match piece {
            Ok(piece) => given.extend_from_slice(&piece),
            Err(failure) => return (given, Err(failure)),
        }
    }
    (given, Ok(()))
}

async fn names(storage: &dyn AttachmentStorage) -> Vec<BlobName> {
    storage.list(None).await.unwrap().iter().map(|stored| stored.name).collect()
}

fn is_unavailable<T>(outcome: &Result<T, StorageFailure>) -> bool {
    matches!(outcome, Err(StorageFailure::Unavailable(_)))
}

/// Waits for what happens by itself, as soon as it does.
async fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(10), "never: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
