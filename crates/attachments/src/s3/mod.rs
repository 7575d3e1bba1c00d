//! Files in an S3 bucket.

mod bucket;
mod download;
mod failure;
mod keys;
mod listing;
mod upload;

use std::{fmt, ops::Range};

use async_trait::async_trait;
use futures_util::StreamExt;
use threadwell_application::ports::{
    AttachmentStorage, Blob, BlobName, FileStream, StorageFailure, StoredBlob,
};

use crate::{S3Settings, SettingsError, opening, sealing::Sealing};
use bucket::Bucket;
use upload::{PART_LEN, Upload};

/// Keeps sealed files in an S3 bucket.
///
/// What fits into one part is stored by one request, more than that by a multipart upload, one part after the other:
/// an upload holds one part in memory, whatever its length, and the length need not be known. A multipart upload that
/// is given up is taken back; the bucket should have a rule that removes unfinished ones after a day all the same, for
/// those of a process that was killed.
pub struct S3Attachments {
    bucket: Bucket,
}

impl S3Attachments {
    /// Prepares the storage; connects to nothing yet.
    ///
    /// # Errors
    /// Settings that cannot work.
    pub fn new(settings: S3Settings) -> Result<Self, SettingsError> {
        settings.check()?;
        Ok(Self { bucket: Bucket::new(settings) })
    }
}

#[async_trait]
impl AttachmentStorage for S3Attachments {
    async fn store(&self, blob: &Blob, content: FileStream) -> Result<u64, StorageFailure> {
        let key = self.bucket.keys.of(blob.name);
        let mut sealing = Sealing::new(blob, content)?;
        let mut sealed = Vec::new();
        match sealing.fill(&mut sealed, PART_LEN).await? {
            Some(size) => self.bucket.put(&key, sealed).await.map(|()| size),
            None => Upload::begin(&self.bucket, key).await?.send(sealed, sealing).await,
        }
    }

    async fn open(&self, blob: &Blob, size: u64, part: Range<u64>) -> Result<FileStream, StorageFailure> {
        let opener = opening::opener(blob, size, part)?;
        let key = self.bucket.keys.of(blob.name);
        let whole = opener.sealed_len();
        let (first, second) = opener.wanted();
        let sealed = match second {
            None => self.bucket.get(&key, first, whole).await?,
            Some(second) => {
                let both = tokio::try_join!(
                    self.bucket.get(&key, first, whole),
                    self.bucket.get(&key, second, whole)
                );
                let (header, chunks) = both?;
                header.chain(chunks).boxed()
            }
        };
        opening::open(opener, sealed).await
    }

    async fn remove(&self, name: BlobName) -> Result<(), StorageFailure> {
        self.bucket.delete(&self.bucket.keys.of(name)).await
    }

    async fn list(&self, after: Option<BlobName>) -> Result<Vec<StoredBlob>, StorageFailure> {
        self.bucket.list(after).await
    }

    async fn ready(&self) -> Result<(), StorageFailure> {
        self.bucket.put(&self.bucket.keys.of_probe(), Vec::new()).await
    }
}

impl fmt::Debug for S3Attachments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Attachments").field("bucket", &self.bucket.name).finish_non_exhaustive()
    }
}
