use std::{ops::Range, time::Duration};

use aws_sdk_s3::{
    config::http::HttpResponse,
    error::SdkError,
    operation::get_object::{GetObjectError, GetObjectOutput},
    primitives::ByteStream,
};
use futures_util::{StreamExt, stream};
use threadwell_application::ports::{FileStream, StorageFailure};

use super::{
    bucket::Bucket,
    failure::{failed, unavailable},
};

const OPERATION: &str = "GetObject";

impl Bucket {
    /// A range of an object that must be `whole` bytes long: one of another length is not the object, and is refused
    /// before any of its bytes is looked at.
    pub(super) async fn get(
        &self,
        key: &str,
        range: Range<u64>,
        whole: u64,
    ) -> Result<FileStream, StorageFailure> {
        let last = range.end.saturating_sub(1);
        let request = self.client.get_object().bucket(&self.name).key(key);
        let answer = request.range(format!("bytes={}-{last}", range.start)).send().await;
        let answer = answer.map_err(|error| refusal(&error))?;
        if extent(&answer) != Some((range.start..range.end, whole)) {
            return Err(StorageFailure::Damaged);
        }
        Ok(pieces(answer.body, self.read_timeout))
    }
}

fn refusal(error: &SdkError<GetObjectError, HttpResponse>) -> StorageFailure {
    match error.as_service_error() {
        Some(GetObjectError::NoSuchKey(_)) => StorageFailure::Missing,
        // The range begins behind the end of what is there.
        _ if error.raw_response().is_some_and(|answer| answer.status().as_u16() == 416) => {
            StorageFailure::Damaged
        }
        _ => unavailable(OPERATION, error),
    }
}

/// Which bytes an answer holds, and of how many. A server need not heed the range.
fn extent(answer: &GetObjectOutput) -> Option<(Range<u64>, u64)> {
    let length = u64::try_from(answer.content_length()?).ok()?;
    let Some(range) = answer.content_range() else { return Some((0..length, length)) };
    let (range, whole) = range.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let range = first.parse::<u64>().ok()?..last.parse::<u64>().ok()?.checked_add(1)?;
    let agrees = range.end.checked_sub(range.start) == Some(length);
    agrees.then_some((range, whole.parse().ok()?))
}

/// The body's pieces. A silent server does not hold a download for ever.
fn pieces(body: ByteStream, longest_silence: Duration) -> FileStream {
    stream::try_unfold(body, move |mut body| async move {
        match tokio::time::timeout(longest_silence, body.next()).await {
            Ok(Some(Ok(piece))) => Ok(Some((piece, body))),
            Ok(Some(Err(_))) => Err(failed(OPERATION, "the answer broke off".to_owned())),
            Ok(None) => Ok(None),
            Err(_) => Err(failed(OPERATION, "the answer stood still".to_owned())),
        }
    })
    .boxed()
}
