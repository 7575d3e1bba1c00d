use std::ops::Range;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use threadwell_application::ports::{Blob, FileStream, StorageFailure};
use threadwell_crypto::{CryptoError, blob::Opener};

use crate::sealing::identity;

/// Prepares to open a part; one outside the file is as good as a damaged object.
pub(crate) fn opener(blob: &Blob, size: u64, part: Range<u64>) -> Result<Opener, StorageFailure> {
    Opener::new(&blob.key.0, &identity(blob), size, part).map_err(|_| StorageFailure::Damaged)
}

/// Opens the sealed bytes that an opener wanted. The first piece is proven before this returns, so that whoever answers
/// a request can still say that the file is damaged.
pub(crate) async fn open(opener: Opener, sealed: FileStream) -> Result<FileStream, StorageFailure> {
    let mut opening = Opening { opener: Some(opener), sealed };
    let first = opening.next().await?;
    let rest = stream::try_unfold(opening, |mut opening| async move {
        Ok(opening.next().await?.map(|piece| (piece, opening)))
    });
    Ok(Box::pin(stream::iter(first.map(Ok)).chain(rest)))
}

struct Opening {
    /// Nothing any more once the part was opened to its end.
    opener: Option<Opener>,
    sealed: FileStream,
}

impl Opening {
    async fn next(&mut self) -> Result<Option<Bytes>, StorageFailure> {
        while let Some(opener) = self.opener.as_mut() {
            match self.sealed.next().await {
                Some(piece) => {
                    let mut plain = Vec::new();
                    opener.push(&piece?, &mut plain).map_err(not_authentic)?;
                    if !plain.is_empty() {
                        return Ok(Some(Bytes::from(plain)));
                    }
                }
                None => self.finish()?,
            }
        }
        Ok(None)
    }

    fn finish(&mut self) -> Result<(), StorageFailure> {
        self.opener.take().map_or(Ok(()), Opener::finish).map_err(not_authentic)
    }
}

fn not_authentic(error: CryptoError) -> StorageFailure {
    match error {
        CryptoError::Unavailable => StorageFailure::Unavailable(Box::new(error)),
        _ => StorageFailure::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt;
    use threadwell_application::ports::{BlobKey, BlobName};
    use threadwell_crypto::blob::Sealer;
    use threadwell_domain::{AttachmentId, TenantId};
    use zeroize::Zeroizing;

    use super::*;

    /// Storages look at lengths themselves; this holds should one of them not.
    #[tokio::test]
    async fn bytes_that_end_early_are_not_the_whole() {
        let blob = Blob {
            tenant: TenantId::new(uuid::Uuid::from_u128(1)),
            attachment: AttachmentId::new(uuid::Uuid::from_u128(2)),
            name: BlobName::new([3; 16]),
            key: BlobKey(Zeroizing::new([7; 32])),
        };
        let (plain, mut sealed) = (vec![0x5a; 150_000], Vec::new());
        let mut sealer = Sealer::new(&blob.key.0, &identity(&blob)).unwrap();
        sealer.push(&plain, &mut sealed).unwrap();
        sealer.finish(&mut sealed).unwrap();
        for end in [0, 17, 17 + 65_552, 17 + 2 * 65_552, sealed.len() - 1, sealed.len()] {
            let came = stream::iter([Ok(Bytes::copy_from_slice(&sealed[..end]))]).boxed();
            let opened = match open(opener(&blob, 150_000, 0..150_000).unwrap(), came).await {
                Ok(opened) => opened.try_collect::<Vec<_>>().await.map(|pieces| pieces.concat()),
                Err(refused) => Err(refused),
            };
            match opened {
                Ok(opened) => assert!(end == sealed.len() && opened == plain, "{end}"),
                Err(refused) => assert!(
                    end < sealed.len() && matches!(refused, StorageFailure::Damaged),
                    "{end}: {refused:?}"
                ),
            }
        }
    }
}
