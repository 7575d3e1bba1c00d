use std::time::Duration;

use aws_sdk_s3::{
    Client,
    config::{
        BehaviorVersion, Config, Credentials, Region, RequestChecksumCalculation, ResponseChecksumValidation,
        retry::{RetryConfig, RetryPartition},
        timeout::TimeoutConfig,
    },
    primitives::ByteStream,
};
use threadwell_application::ports::StorageFailure;

use super::{failure::unavailable, keys::Keys};
use crate::S3Settings;

/// A bucket and how it is spoken to.
#[derive(Clone)]
pub(super) struct Bucket {
    pub(super) client: Client,
    pub(super) name: String,
    pub(super) keys: Keys,
    /// The longest silence of a download.
    pub(super) read_timeout: Duration,
}

impl Bucket {
    pub(super) fn new(settings: S3Settings) -> Self {
        let read_timeout = settings.read_timeout;
        let keys = Keys::under(settings.prefix.as_deref());
        let name = settings.bucket.clone();
        Self { client: Client::from_conf(config(settings)), name, keys, read_timeout }
    }

    pub(super) async fn put(&self, key: &str, sealed: Vec<u8>) -> Result<(), StorageFailure> {
        let request = self.client.put_object().bucket(&self.name).key(key);
        let answer = request.body(ByteStream::from(sealed)).send().await;
        answer.map(|_| ()).map_err(|error| unavailable("PutObject", &error))
    }

    pub(super) async fn delete(&self, key: &str) -> Result<(), StorageFailure> {
        let answer = self.client.delete_object().bucket(&self.name).key(key).send().await;
        answer.map(|_| ()).map_err(|error| unavailable("DeleteObject", &error))
    }
}

/// Checksums of the SDK's own stay off where they are optional: many servers do not know them, the signature covers what
/// is sent, and the tags cover what comes back.
fn config(settings: S3Settings) -> Config {
    let secret = settings.credentials.secret_access_key.as_str();
    let credentials = Credentials::new(settings.credentials.access_key_id, secret, None, None, "settings");
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(settings.connect_timeout)
        .read_timeout(settings.read_timeout)
        .operation_timeout(settings.operation_timeout)
        .build();
    // Each storage has an allowance of retries of its own: the SDK would share one among all of a region, and a server
    // that is down would use up what another needs.
    let allowance = format!("{} {}", settings.endpoint.as_deref().unwrap_or_default(), settings.bucket);
    let retries = RetryConfig::standard()
        .with_max_attempts(settings.attempts)
        .with_max_backoff(settings.longest_backoff);
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(settings.region))
        .credentials_provider(credentials)
        .force_path_style(true)
        .timeout_config(timeouts)
        .retry_config(retries)
        .retry_partition(RetryPartition::new(allowance))
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    config.set_endpoint_url(settings.endpoint);
    config.build()
}
