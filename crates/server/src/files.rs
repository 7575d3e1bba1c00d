//! Joins the adapters of files to their ports, as the configuration says.

use crate::config::{FilesConfig, S3Config, ScannerConfig, StorageConfig};
use crate::wiring::Refusal;
use std::error::Error;
use std::sync::Arc;
use threadwell_application::files::FilePorts;
use threadwell_application::ports::{AttachmentStorage, Clock, MalwareScanner};
use threadwell_attachments::{DirectoryAttachments, S3Attachments, S3Credentials, S3Settings};
use threadwell_clamav::{ClamdScanner, ClamdSettings, EicarScanner};
use threadwell_inspection::{InspectorProcess, InspectorSettings};
use zeroize::Zeroizing;

/// The ports as the configuration says. Nothing is asked of anybody yet.
///
/// # Errors
/// An adapter cannot be set up as configured.
pub(crate) fn wire(config: &FilesConfig, clock: &Arc<dyn Clock>) -> Result<FilePorts, Refusal> {
    Ok(FilePorts {
        storage: storage(&config.storage, clock)?,
        scanner: scanner(&config.scanner)?,
        inspector: Arc::new(InspectorProcess::new(InspectorSettings::default())),
    })
}

fn storage(config: &StorageConfig, clock: &Arc<dyn Clock>) -> Result<Arc<dyn AttachmentStorage>, Refusal> {
    Ok(match config {
        StorageConfig::Directory(root) => {
            Arc::new(DirectoryAttachments::open(root, clock.clone()).map_err(refused)?)
        }
        StorageConfig::S3(bucket) => Arc::new(S3Attachments::new(bucket.settings()).map_err(refused)?),
    })
}

fn scanner(config: &ScannerConfig) -> Result<Arc<dyn MalwareScanner>, Refusal> {
    Ok(match config {
        ScannerConfig::Clamd(address) => {
            Arc::new(ClamdScanner::new(ClamdSettings::new(address.clone())).map_err(refused)?)
        }
        ScannerConfig::Eicar => Arc::new(EicarScanner),
    })
}

impl S3Config {
    fn settings(&self) -> S3Settings {
        let credentials = S3Credentials {
            access_key_id: self.access_key.clone(),
            secret_access_key: Zeroizing::new(self.secret_key.expose().to_owned()),
        };
        S3Settings {
            endpoint: Some(self.endpoint.clone()),
            prefix: Some(self.prefix.clone()).filter(|prefix| !prefix.is_empty()),
            ..S3Settings::new(&self.region, &self.bucket, credentials)
        }
    }
}

fn refused(error: impl Error + Send + Sync + 'static) -> Refusal {
    Refusal::Files(Box::new(error))
}
