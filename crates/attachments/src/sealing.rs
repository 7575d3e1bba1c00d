use futures_util::StreamExt;
use threadwell_application::ports::{Blob, FileStream, StorageFailure};
use threadwell_crypto::blob::{Identity, Sealer};
use threadwell_domain::attachment::MAX_FILE_BYTES;

/// Seals a file while its bytes come in, and stops as soon as they are too many.
pub(crate) struct Sealing {
    sealer: Option<Sealer>,
    content: FileStream,
    size: u64,
}

impl Sealing {
    pub(crate) fn new(blob: &Blob, content: FileStream) -> Result<Self, StorageFailure> {
        let sealer = Sealer::new(&blob.key.0, &identity(blob)).map_err(no_crypto)?;
        Ok(Self { sealer: Some(sealer), content, size: 0 })
    }

    /// Appends sealed bytes until `sealed` has as many as are wanted or the file ended. Tells the file's size in clear
    /// once it ended, which no call before did.
    pub(crate) async fn fill(
        &mut self,
        sealed: &mut Vec<u8>,
        wanted: usize,
    ) -> Result<Option<u64>, StorageFailure> {
        while sealed.len() < wanted {
            match (self.content.next().await, self.sealer.as_mut()) {
                (Some(piece), Some(sealer)) => {
                    let piece = piece?;
                    self.size = self.size.saturating_add(piece.len() as u64);
                    if self.size > MAX_FILE_BYTES {
                        return Err(StorageFailure::TooLarge);
                    }
                    sealer.push(&piece, sealed).map_err(no_crypto)?;
                }
                (None, _) => return self.finish(sealed),
                (Some(_), None) => return Err(StorageFailure::BrokeOff),
            }
        }
        Ok(None)
    }

    fn finish(&mut self, sealed: &mut Vec<u8>) -> Result<Option<u64>, StorageFailure> {
        let sealer = self.sealer.take().ok_or(StorageFailure::BrokeOff)?;
        sealer.finish(sealed).map(Some).map_err(no_crypto)
    }
}

pub(crate) fn identity(blob: &Blob) -> Identity {
    Identity { tenant: blob.tenant.uuid(), attachment: blob.attachment.uuid(), name: blob.name.bytes() }
}

/// Sealing fails only where the machine gives no randomness.
fn no_crypto(error: threadwell_crypto::CryptoError) -> StorageFailure {
    StorageFailure::Unavailable(Box::new(error))
}
