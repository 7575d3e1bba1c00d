use std::{fmt, time::Duration};

use zeroize::Zeroizing;

/// How Threadwell signs its requests to the object storage.
#[derive(Clone, PartialEq, Eq)]
pub struct S3Credentials {
    /// The access key's name.
    pub access_key_id: String,
    /// The access key.
    pub secret_access_key: Zeroizing<String>,
}

impl fmt::Debug for S3Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Credentials").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

/// Where and how files are kept in an S3 bucket. Buckets are always addressed by path, which every server knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Settings {
    /// The server's address, such as `https://objects.example.org`; AWS itself if none is given.
    pub endpoint: Option<String>,
    /// The region that requests are signed for.
    pub region: String,
    /// The bucket. It must exist, and the key must be allowed to list it: otherwise S3 does not tell what is missing from
    /// what is refused.
    pub bucket: String,
    /// What every key begins with, so that a bucket can be shared.
    pub prefix: Option<String>,
    /// How to sign.
    pub credentials: S3Credentials,
    /// The longest time for making a connection.
    pub connect_timeout: Duration,
    /// The longest silence of the server while it should be answering or sending. Up to 5 MiB must reach it in this time.
    pub read_timeout: Duration,
    /// The longest time for one operation with its retries; downloads end with the silence alone.
    pub operation_timeout: Duration,
    /// How often an operation is tried before it is given up.
    pub attempts: u32,
    /// The longest wait between two attempts. Waits grow with each attempt and are drawn at random below this.
    pub longest_backoff: Duration,
}

impl S3Settings {
    /// Settings for a bucket, with times that suit a server in the same network.
    pub fn new(region: &str, bucket: &str, credentials: S3Credentials) -> Self {
        Self {
            endpoint: None,
            region: region.to_owned(),
            bucket: bucket.to_owned(),
            prefix: None,
            credentials,
            connect_timeout: Duration::from_secs(3),
            read_timeout: Duration::from_secs(10),
            operation_timeout: Duration::from_secs(30),
            attempts: 3,
            longest_backoff: Duration::from_secs(2),
        }
    }

    pub(crate) fn check(&self) -> Result<(), SettingsError> {
        if !is_bucket_name(&self.bucket) {
            return Err(SettingsError::BadBucket);
        }
        if self.region.is_empty() || !self.region.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SettingsError::BadRegion);
        }
        if !self.prefix.as_deref().is_none_or(is_prefix) {
            return Err(SettingsError::BadPrefix);
        }
        if !self.endpoint.as_deref().is_none_or(is_address) {
            return Err(SettingsError::BadEndpoint);
        }
        let times = [self.connect_timeout, self.read_timeout, self.operation_timeout];
        if self.attempts == 0 || times.iter().any(Duration::is_zero) {
            return Err(SettingsError::NoRoom);
        }
        Ok(())
    }
}

/// Why settings cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The endpoint is no address of a server.
    #[error("the endpoint is not an address such as https://objects.example.org")]
    BadEndpoint,
    /// No region.
    #[error("the region is not a region's name")]
    BadRegion,
    /// The bucket's name is none.
    #[error("the bucket's name is not 3 to 63 lower-case letters, digits, points and hyphens")]
    BadBucket,
    /// The prefix would make odd keys.
    #[error("the prefix is not made of letters, digits, hyphens and single slashes within")]
    BadPrefix,
    /// No attempt or no time is allowed.
    #[error("at least one attempt and some time are needed")]
    NoRoom,
}

fn is_bucket_name(name: &str) -> bool {
    let is_edge =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let bytes = name.as_bytes();
    (3..=63).contains(&bytes.len())
        && is_edge(bytes.first())
        && is_edge(bytes.last())
        && bytes.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
}

fn is_prefix(prefix: &str) -> bool {
    prefix.len() <= 200
        && prefix.split('/').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        })
}

/// No user, path or query: a secret in an address would be printed with it.
fn is_address(endpoint: &str) -> bool {
    let rest = endpoint.strip_prefix("https://").or_else(|| endpoint.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        !authority.is_empty()
            && authority.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> S3Settings {
        let secret_access_key = Zeroizing::new("tops3cret".to_owned());
        let credentials = S3Credentials { access_key_id: "threadwell".to_owned(), secret_access_key };
        S3Settings::new("us-east-1", "threadwell-attachments", credentials)
    }

    #[test]
    fn secrets_are_not_printed() {
        let printed = format!("{:?}", settings());
        assert!(printed.contains("threadwell") && !printed.contains("tops3cret"), "{printed}");
    }

    #[test]
    fn what_cannot_work_is_refused() {
        assert_eq!(settings().check(), Ok(()));
        for endpoint in
            ["objects", "ftp://x", "https://", "https://user:secret@x", "https://x/path", "https://x?a=b"]
        {
            let bad = S3Settings { endpoint: Some(endpoint.to_owned()), ..settings() };
            assert_eq!(bad.check(), Err(SettingsError::BadEndpoint), "{endpoint}");
        }
        for endpoint in ["https://objects.example.org", "http://127.0.0.1:9000/", "http://[::1]:9000"] {
            let good = S3Settings { endpoint: Some(endpoint.to_owned()), ..settings() };
            assert_eq!(good.check(), Ok(()), "{endpoint}");
        }
        for bucket in ["", "ab", "Upper", "-edge", "edge.", "sp ace", "sla/sh", &"x".repeat(64)] {
            let bad = S3Settings { bucket: bucket.to_owned(), ..settings() };
            assert_eq!(bad.check(), Err(SettingsError::BadBucket), "{bucket}");
        }
        for prefix in ["", "/a", "a/", "a//b", "../a", "a b"] {
            let bad = S3Settings { prefix: Some(prefix.to_owned()), ..settings() };
            assert_eq!(bad.check(), Err(SettingsError::BadPrefix), "{prefix}");
        }
        assert_eq!(S3Settings { region: String::new(), ..settings() }.check(), Err(SettingsError::BadRegion));
        assert_eq!(S3Settings { attempts: 0, ..settings() }.check(), Err(SettingsError::NoRoom));
        let hasty = S3Settings { read_timeout: Duration::ZERO, ..settings() };
        assert_eq!(hasty.check(), Err(SettingsError::NoRoom));
    }
}
