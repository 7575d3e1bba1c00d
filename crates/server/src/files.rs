//! Joins the adapters of files to their ports, as the configuration says.

use crate::config::FilesConfig;
use crate::wiring::Refusal;
use async_trait::async_trait;
use std::ops::Range;
use std::sync::Arc;
use threadwell_application::files::FilePorts;
use threadwell_application::ports::{
    AttachmentStorage, Blob, BlobName, CleanPicture, FileInspector, FileStream, InspectionFailure,
    MalwareScanner, ScanFailure, ScanVerdict, StorageFailure, StoredBlob,
};
use threadwell_domain::attachment::FileKind;

/// The ports as the configuration says.
///
/// # Errors
/// An adapter cannot be set up as configured.
pub(crate) fn wire(_: &FilesConfig) -> Result<FilePorts, Refusal> {
    Ok(FilePorts { storage: Arc::new(Unwired), scanner: Arc::new(Unwired), inspector: Arc::new(Unwired) })
}

/// Stands where an adapter is to be: answers everything with being unavailable.
#[derive(Clone, Copy, Debug)]
struct Unwired;

const WHY: &str = "no adapter is wired";

#[async_trait]
impl AttachmentStorage for Unwired {
    async fn store(&self, _: &Blob, _: FileStream) -> Result<u64, StorageFailure> {
        Err(StorageFailure::Unavailable(WHY.into()))
    }

    async fn open(&self, _: &Blob, _: u64, _: Range<u64>) -> Result<FileStream, StorageFailure> {
        Err(StorageFailure::Unavailable(WHY.into()))
    }

    async fn remove(&self, _: BlobName) -> Result<(), StorageFailure> {
        Err(StorageFailure::Unavailable(WHY.into()))
    }

    async fn list(&self, _: Option<BlobName>) -> Result<Vec<StoredBlob>, StorageFailure> {
        Err(StorageFailure::Unavailable(WHY.into()))
    }

    async fn ready(&self) -> Result<(), StorageFailure> {
        Err(StorageFailure::Unavailable(WHY.into()))
    }
}

#[async_trait]
impl MalwareScanner for Unwired {
    async fn scan(&self, _: FileStream) -> Result<ScanVerdict, ScanFailure> {
        Err(ScanFailure::Unavailable(WHY.into()))
    }

    async fn ready(&self) -> Result<(), ScanFailure> {
        Err(ScanFailure::Unavailable(WHY.into()))
    }
}

#[async_trait]
impl FileInspector for Unwired {
    async fn inspect(&self, _: FileKind, _: FileStream) -> Result<(), InspectionFailure> {
        Err(InspectionFailure::Unavailable(WHY.into()))
    }

    async fn clean(&self, _: FileKind, _: FileStream) -> Result<CleanPicture, InspectionFailure> {
        Err(InspectionFailure::Unavailable(WHY.into()))
    }
}
