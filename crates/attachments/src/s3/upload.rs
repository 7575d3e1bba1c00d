use std::mem;

use aws_sdk_s3::{
    primitives::ByteStream,
    types::{CompletedMultipartUpload, CompletedPart},
};
use threadwell_application::ports::StorageFailure;
use tokio::runtime::Handle;

use super::{
    bucket::Bucket,
    failure::{failed, unavailable},
};
use crate::sealing::Sealing;

/// The smallest part that S3 allows, and what one upload holds in memory.
pub(super) const PART_LEN: usize = 5 * 1024 * 1024;

/// A multipart upload. Dropped before it is complete, it is taken back: also when whoever waits for it goes away.
pub(super) struct Upload {
    bucket: Bucket,
    key: String,
    id: String,
    parts: Vec<CompletedPart>,
    sealed_len: u64,
    is_complete: bool,
}

impl Upload {
    pub(super) async fn begin(bucket: &Bucket, key: String) -> Result<Self, StorageFailure> {
        let request = bucket.client.create_multipart_upload().bucket(&bucket.name).key(&key);
        let answer = request.send().await.map_err(|error| unavailable("CreateMultipartUpload", &error))?;
        let id =
            answer.upload_id.ok_or_else(|| failed("CreateMultipartUpload", "no upload id".to_owned()))?;
        let bucket = bucket.clone();
        Ok(Self { bucket, key, id, parts: Vec::new(), sealed_len: 0, is_complete: false })
    }

    /// Sends what was sealed already and the rest, and completes the object. Gives the file's size in clear.
    pub(super) async fn send(
        mut self,
        mut sealed: Vec<u8>,
        mut rest: Sealing,
    ) -> Result<u64, StorageFailure> {
        loop {
            let end = rest.fill(&mut sealed, PART_LEN + 1).await?;
            // What is beyond a part is for the next, so that all but the last are of one size: some servers insist.
            while sealed.len() > PART_LEN {
                let beyond = sealed.split_off(PART_LEN);
                self.send_part(mem::replace(&mut sealed, beyond)).await?;
            }
            if let Some(size) = end {
                self.send_part(sealed).await?;
                self.complete().await?;
                return Ok(size);
            }
        }
    }

    async fn send_part(&mut self, sealed: Vec<u8>) -> Result<(), StorageFailure> {
        self.sealed_len += sealed.len() as u64;
        let number = i32::try_from(self.parts.len() + 1).map_err(|_| StorageFailure::TooLarge)?;
        let request = self.bucket.client.upload_part().bucket(&self.bucket.name).key(&self.key);
        let request = request.upload_id(&self.id).part_number(number).body(ByteStream::from(sealed));
        let answer = request.send().await.map_err(|error| unavailable("UploadPart", &error))?;
        self.parts.push(CompletedPart::builder().part_number(number).set_e_tag(answer.e_tag).build());
        Ok(())
    }

    /// A completion whose answer was lost cannot be repeated: the upload is no more. Then the object tells.
    async fn complete(&mut self) -> Result<(), StorageFailure> {
        let parts = CompletedMultipartUpload::builder().set_parts(Some(self.parts.clone())).build();
        let request = self.bucket.client.complete_multipart_upload().bucket(&self.bucket.name).key(&self.key);
        let answer = request.upload_id(&self.id).multipart_upload(parts).send().await;
        match answer {
            Ok(_) => {}
            Err(_) if self.is_there().await => {}
            Err(error) => return Err(unavailable("CompleteMultipartUpload", &error)),
        }
        self.is_complete = true;
        Ok(())
    }

    /// Whether the object stands under its name, which is used for no other.
    async fn is_there(&self) -> bool {
        let answer = self.bucket.client.head_object().bucket(&self.bucket.name).key(&self.key).send().await;
        let length = answer.ok().and_then(|answer| answer.content_length);
        length.and_then(|length| u64::try_from(length).ok()) == Some(self.sealed_len)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let Ok(runtime) = Handle::try_current() else { return };
        if !self.is_complete {
            let Bucket { client, name, .. } = self.bucket.clone();
            let abort = client.abort_multipart_upload().bucket(name).key(&self.key).upload_id(&self.id);
            // Nobody can wait for it; what it does not take back, the bucket's rule removes.
            let _aborting = runtime.spawn(abort.send());
        }
    }
}
