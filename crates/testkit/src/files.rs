//! Stand-ins for what files need outside the database: a storage in memory, a scanner that knows the EICAR test file,
//! an inspector that does as the content says. Each can be switched off, and all of them can be made to die at a
//! chosen call, as a worker does that is killed.

use crate::clock::FixedClock;
use async_trait::async_trait;
use bytes::Bytes;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use threadwell_application::files::{FilePorts, whole};
use threadwell_application::ports::{
    AttachmentStorage, Blob, BlobName, CleanPicture, Clock, FileInspector, FileStream, InspectionFailure,
    MalwareScanner, ScanFailure, ScanVerdict, StorageFailure, StoredBlob,
};
use threadwell_domain::attachment::{ContentRefusal, FileKind, MAX_FILE_BYTES};
use threadwell_domain::{AttachmentId, Moment, TenantId};

/// How much of a file the stand-ins look at.
const BEGINNING: usize = 4 * 1024;

/// The industry's test file for scanners, put together so that no scanner stops at this source.
pub fn eicar() -> Vec<u8> {
    let text = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS", "-TEST-FILE!$H+H*"];
    text.concat().into_bytes()
}

/// What a file holds that the inspector is to refuse for this reason.
pub fn refused_content(refusal: ContentRefusal) -> Vec<u8> {
    format!("[refuse {}]", refusal.name()).into_bytes()
}

#[derive(Debug)]
struct Object {
    tenant: TenantId,
    attachment: AttachmentId,
    key: [u8; 32],
    bytes: Vec<u8>,
    written_at: Moment,
}

/// The stand-ins of an app, and their switches.
#[derive(Debug)]
pub struct TestFiles {
    objects: Mutex<BTreeMap<BlobName, Object>>,
    clock: Arc<FixedClock>,
    is_storage_down: AtomicBool,
    is_scanner_down: AtomicBool,
    is_inspector_down: AtomicBool,
    /// Calls until death; below zero for never.
    fuse: AtomicI64,
}

impl TestFiles {
    pub(crate) fn new(clock: Arc<FixedClock>) -> Arc<Self> {
        Arc::new(Self {
            objects: Mutex::default(),
            clock,
            is_storage_down: AtomicBool::new(false),
            is_scanner_down: AtomicBool::new(false),
            is_inspector_down: AtomicBool::new(false),
            fuse: AtomicI64::new(-1),
        })
    }

    pub(crate) fn ports(self: &Arc<Self>) -> FilePorts {
        FilePorts { storage: self.clone(), scanner: self.clone(), inspector: self.clone() }
    }

    /// Switches the storage off or on.
    pub fn set_storage_down(&self, is_down: bool) {
        self.is_storage_down.store(is_down, Ordering::SeqCst);
    }

    /// Switches the scanner off or on.
    pub fn set_scanner_down(&self, is_down: bool) {
        self.is_scanner_down.store(is_down, Ordering::SeqCst);
    }

    /// Switches the inspector off or on.
    pub fn set_inspector_down(&self, is_down: bool) {
        self.is_inspector_down.store(is_down, Ordering::SeqCst);
    }

    /// Lets the caller die at this call of any port, counted from 0 and twice for each: before and after it. `None`
    /// lets everybody live. Says whether the death that was set before has come.
    pub fn set_fuse(&self, calls: Option<i64>) -> bool {
        self.fuse.swap(calls.unwrap_or(i64::MIN), Ordering::SeqCst) < 0
    }

    /// How many objects there are.
    pub fn count(&self) -> usize {
        self.objects.lock().unwrap().len()
    }

    /// Changes a byte of every object.
    pub fn damage_all(&self) {
        for object in self.objects.lock().unwrap().values_mut() {
            if let Some(byte) = object.bytes.first_mut() {
                *byte ^= 1;
            }
            object.key = [0; 32];
        }
    }

    /// Loses every object.
    pub fn lose_all(&self) {
        self.objects.lock().unwrap().clear();
    }

    /// Puts an object there that no row names.
    pub fn add_orphan(&self, name: u128) {
        let object = Object {
            tenant: TenantId::new(uuid::Uuid::nil()),
            attachment: AttachmentId::new(uuid::Uuid::nil()),
            key: [0; 32],
            bytes: vec![1],
            written_at: self.clock.now(),
        };
        self.objects.lock().unwrap().insert(BlobName::new(name.to_be_bytes()), object);
    }

    /// Whether any object holds these bytes.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        self.objects.lock().unwrap().values().any(|object| contains(&object.bytes, bytes))
    }

    fn burn(&self) {
        if self.fuse.load(Ordering::SeqCst) >= 0 && self.fuse.fetch_sub(1, Ordering::SeqCst) == 0 {
            std::panic::resume_unwind(Box::new("killed"));
        }
    }

    fn storage(&self) -> Result<(), StorageFailure> {
        match self.is_storage_down.load(Ordering::SeqCst) {
            true => Err(StorageFailure::Unavailable("switched off".into())),
            false => Ok(()),
        }
    }
}

/// Looks at the beginning alone: whatever tests put into a file stands there, and searching megabytes without
/// optimisation takes seconds.
fn contains(bytes: &[u8], part: &[u8]) -> bool {
    let beginning = bytes.get(..BEGINNING).unwrap_or(bytes);
    beginning.windows(part.len().max(1)).any(|window| window == part)
}

async fn read(mut content: FileStream) -> Result<Vec<u8>, StorageFailure> {
    let mut bytes = Vec::new();
    while let Some(piece) = poll_fn(|cx| content.as_mut().poll_next(cx)).await {
        bytes.extend_from_slice(&piece?);
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(StorageFailure::TooLarge);
        }
    }
    Ok(bytes)
}

#[async_trait]
impl AttachmentStorage for TestFiles {
    async fn store(&self, blob: &Blob, content: FileStream) -> Result<u64, StorageFailure> {
        self.burn();
        self.storage()?;
        let bytes = read(content).await?;
        let size = bytes.len() as u64;
        let (tenant, attachment, key) = (blob.tenant, blob.attachment, *blob.key.0);
        let object = Object { tenant, attachment, key, bytes, written_at: self.clock.now() };
        let before = self.objects.lock().unwrap().insert(blob.name, object);
        assert!(before.is_none(), "a name was used twice");
        self.burn();
        Ok(size)
    }

    async fn open(&self, blob: &Blob, size: u64, part: Range<u64>) -> Result<FileStream, StorageFailure> {
        self.burn();
        self.storage()?;
        let objects = self.objects.lock().unwrap();
        let object = objects.get(&blob.name).ok_or(StorageFailure::Missing)?;
        let is_meant = (object.tenant, object.attachment, object.key, object.bytes.len() as u64)
            == (blob.tenant, blob.attachment, *blob.key.0, size);
        if !is_meant {
            return Err(StorageFailure::Damaged);
        }
        let part = usize::try_from(part.start).unwrap()..usize::try_from(part.end).unwrap();
        let bytes = Bytes::copy_from_slice(object.bytes.get(part).ok_or(StorageFailure::Damaged)?);
        drop(objects);
        self.burn();
        Ok(whole(bytes))
    }

    async fn remove(&self, name: BlobName) -> Result<(), StorageFailure> {
        self.burn();
        self.storage()?;
        self.objects.lock().unwrap().remove(&name);
        self.burn();
        Ok(())
    }

    async fn list(&self, after: Option<BlobName>) -> Result<Vec<StoredBlob>, StorageFailure> {
        self.storage()?;
        let objects = self.objects.lock().unwrap();
        let behind = objects.iter().filter(|(name, _)| after.is_none_or(|after| **name > after));
        let listed = behind.take(1_000).map(|(name, object)| StoredBlob {
            name: *name,
            sealed_bytes: object.bytes.len() as u64,
            written_at: object.written_at,
        });
        Ok(listed.collect())
    }

    async fn ready(&self) -> Result<(), StorageFailure> {
        self.storage()
    }
}

#[async_trait]
impl MalwareScanner for TestFiles {
    async fn scan(&self, content: FileStream) -> Result<ScanVerdict, ScanFailure> {
        self.burn();
        self.ready_to_scan()?;
        let bytes = read(content).await.map_err(ScanFailure::Content)?;
        self.burn();
        if contains(&bytes, &eicar()) {
            return Ok(ScanVerdict::Malware { signature: "Eicar-Test-Signature".to_owned() });
        }
        Ok(ScanVerdict::Clean)
    }

    async fn ready(&self) -> Result<(), ScanFailure> {
        self.ready_to_scan()
    }
}

impl TestFiles {
    fn ready_to_scan(&self) -> Result<(), ScanFailure> {
        match self.is_scanner_down.load(Ordering::SeqCst) {
            true => Err(ScanFailure::Unavailable("switched off".into())),
            false => Ok(()),
        }
    }

    fn ready_to_inspect(&self) -> Result<(), InspectionFailure> {
        match self.is_inspector_down.load(Ordering::SeqCst) {
            true => Err(InspectionFailure::Unavailable("switched off".into())),
            false => Ok(()),
        }
    }

    async fn look(&self, content: FileStream) -> Result<Vec<u8>, InspectionFailure> {
        self.ready_to_inspect()?;
        let bytes = read(content).await.map_err(InspectionFailure::Content)?;
        let refusal =
            ContentRefusal::ALL.into_iter().find(|refusal| contains(&bytes, &refused_content(*refusal)));
        refusal.map_or(Ok(bytes), |refusal| Err(InspectionFailure::Refused(refusal)))
    }
}

#[async_trait]
impl FileInspector for TestFiles {
    async fn inspect(&self, _: FileKind, content: FileStream) -> Result<(), InspectionFailure> {
        self.look(content).await.map(drop)
    }

    /// What it writes holds nothing of what it read but its length.
    async fn clean(&self, kind: FileKind, content: FileStream) -> Result<CleanPicture, InspectionFailure> {
        self.burn();
        let read = self.look(content).await?;
        self.burn();
        let kind = if kind == FileKind::Gif { FileKind::Png } else { kind };
        Ok(CleanPicture {
            picture: Bytes::from(format!("written anew from {} bytes", read.len())),
            kind,
            thumbnail: Bytes::from_static(b"small picture"),
            thumbnail_kind: FileKind::Jpeg,
            width: 640,
            height: 480,
        })
    }
}
