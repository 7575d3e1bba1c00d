//! Where the bytes of files are kept, and who looks for malware in them.

use super::{Environment, Reader};
use crate::secrets::Secret;
use actix_web::http::Uri;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use threadwell_clamav::ClamdAddress;
use threadwell_domain::attachment::UploadLimits;

const GIB: u64 = 1024 * 1024 * 1024;

/// Files.
#[derive(Clone, Debug)]
pub struct FilesConfig {
    /// Where their bytes are kept.
    pub storage: StorageConfig,
    /// Who looks for malware.
    pub scanner: ScannerConfig,
    /// What may be uploaded.
    pub limits: UploadLimits,
}

/// Where the bytes of files are kept, always sealed.
#[derive(Clone, Debug)]
pub enum StorageConfig {
    /// In a directory.
    Directory(PathBuf),
    /// In a bucket.
    S3(S3Config),
}

/// A bucket of an S3-compatible store.
#[derive(Clone, Debug)]
pub struct S3Config {
    /// Where the store is reached.
    pub endpoint: String,
    /// Its region.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// What the names of the objects begin with; may be empty.
    pub prefix: String,
    /// The name of the key.
    pub access_key: String,
    /// The key.
    pub secret_key: Secret,
}

/// Who looks for malware.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ScannerConfig {
    /// clamd, by `host:port` or the path of its socket.
    Clamd(ClamdAddress),
    /// The demo's: knows the EICAR test file and nothing else.
    Eicar,
}

impl FilesConfig {
    pub(super) fn read(reader: &mut Reader<'_>, environment: Environment) -> Self {
        let gib: u64 = reader.parsed("THREADWELL_PRACTICE_UPLOADS_GIB_A_DAY", "a number", 20);
        if !(1..=10_000).contains(&gib) {
            reader.fault("THREADWELL_PRACTICE_UPLOADS_GIB_A_DAY", "must be between 1 and 10000");
        }
        Self {
            storage: StorageConfig::read(reader),
            scanner: ScannerConfig::read(reader, environment),
            limits: UploadLimits { practice_bytes_a_day: gib.saturating_mul(GIB), ..UploadLimits::default() },
        }
    }
}

impl StorageConfig {
    fn read(reader: &mut Reader<'_>) -> Self {
        let directory = reader.optional("THREADWELL_FILES_DIR");
        let endpoint = reader.optional("THREADWELL_S3_ENDPOINT");
        match (directory, endpoint) {
            (Some(directory), None) => Self::Directory(directory.into()),
            (None, Some(endpoint)) => Self::S3(S3Config::read(reader, endpoint)),
            (Some(directory), Some(_)) => {
                reader.fault("THREADWELL_FILES_DIR", "cannot stand beside THREADWELL_S3_ENDPOINT");
                Self::Directory(directory.into())
            }
            (None, None) => {
                reader.fault("THREADWELL_FILES_DIR", "or THREADWELL_S3_ENDPOINT must be set");
                Self::Directory(PathBuf::new())
            }
        }
    }
}

impl S3Config {
    fn read(reader: &mut Reader<'_>, endpoint: String) -> Self {
        let scheme = endpoint.parse::<Uri>().ok().and_then(|uri| uri.scheme_str().map(str::to_owned));
        if !matches!(scheme.as_deref(), Some("http" | "https")) {
            reader.fault("THREADWELL_S3_ENDPOINT", "must be an address that begins with https:// or http://");
        }
        Self {
            endpoint,
            region: reader.optional("THREADWELL_S3_REGION").unwrap_or_else(|| "us-east-1".to_owned()),
            bucket: reader.required("THREADWELL_S3_BUCKET"),
            prefix: reader.optional("THREADWELL_S3_PREFIX").unwrap_or_default(),
            access_key: reader.required("THREADWELL_S3_ACCESS_KEY"),
            secret_key: reader.secret("THREADWELL_S3_SECRET_KEY"),
        }
    }
}

impl ScannerConfig {
    /// Production has no scanner unless one is named: then it does not start.
    fn read(reader: &mut Reader<'_>, environment: Environment) -> Self {
        let named = reader.optional("THREADWELL_SCANNER");
        match (named.as_deref().map(str::trim), environment) {
            (Some("eicar"), Environment::Production) => {
                reader.fault("THREADWELL_SCANNER", "knows one test file and no malware: name a clamd");
                Self::Eicar
            }
            (None, Environment::Production) => {
                reader.fault("THREADWELL_SCANNER", "must name a clamd: its host and port, or its socket");
                Self::Eicar
            }
            (Some("eicar") | None, _) => Self::Eicar,
            (Some(address), _) => address.parse().map_or_else(
                |error| {
                    reader.fault("THREADWELL_SCANNER", format!("cannot be used: {error}"));
                    Self::Eicar
                },
                Self::Clamd,
            ),
        }
    }
}

/// Whether others than its owner may look into a directory; one that is not there yet is made without that.
pub(super) fn is_open_to_others(directory: &Path) -> bool {
    fs::metadata(directory).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}
