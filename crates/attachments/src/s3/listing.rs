use aws_sdk_s3::types::Object;
use threadwell_application::ports::{BlobName, StorageFailure, StoredBlob};
use threadwell_domain::Moment;

use super::{
    bucket::Bucket,
    failure::{failed, unavailable},
};

const OPERATION: &str = "ListObjectsV2";
const PAGE_LEN: i32 = 1000;

impl Bucket {
    /// The next page of objects. What else lies under the prefix is passed over, and a page of nothing else is not the
    /// end.
    pub(super) async fn list(&self, after: Option<BlobName>) -> Result<Vec<StoredBlob>, StorageFailure> {
        let mut start = after.map(|name| self.keys.of(name));
        loop {
            let request = self.client.list_objects_v2().bucket(&self.name).prefix(self.keys.prefix());
            let request = request.max_keys(PAGE_LEN).set_start_after(start);
            let page = request.send().await.map_err(|error| unavailable(OPERATION, &error))?;
            let found = page
                .contents()
                .iter()
                .filter_map(|object| self.stored(object))
                .collect::<Result<Vec<_>, _>>()?;
            start = page.contents().last().and_then(Object::key).map(str::to_owned);
            if !found.is_empty() || page.is_truncated() != Some(true) || start.is_none() {
                return Ok(found);
            }
        }
    }

    fn stored(&self, object: &Object) -> Option<Result<StoredBlob, StorageFailure>> {
        let name = self.keys.name_of(object.key()?)?;
        let sealed_bytes = object.size().and_then(|size| u64::try_from(size).ok());
        let written_at =
            object.last_modified().and_then(|at| Moment::from_timestamp(at.secs(), at.subsec_nanos()));
        let stored = sealed_bytes.zip(written_at).map(|(sealed_bytes, written_at)| StoredBlob {
            name,
            sealed_bytes,
            written_at,
        });
        Some(stored.ok_or_else(|| failed(OPERATION, "an object without size or time".to_owned())))
    }
}
