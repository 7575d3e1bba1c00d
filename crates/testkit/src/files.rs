//! What files need outside the database, as the demo has it: a directory, the demo's scanner, and the inspector in
//! processes of its own. A switch stands in front of each, and a fuse in front of all: it lets the caller die at a
//! chosen call, as a worker does that is killed.

use crate::clock::FixedClock;
use async_trait::async_trait;
use chrono::DateTime;
use std::env;
use std::fs::{self, File};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, SystemTime};
use threadwell_application::files::FilePorts;
use threadwell_application::ports::{
    AttachmentStorage, Blob, BlobName, CleanPicture, Clock, FileInspector, FileStream, InspectionFailure,
    MalwareScanner, ScanFailure, ScanVerdict, StorageFailure, StoredBlob,
};
use threadwell_attachments::DirectoryAttachments;
use threadwell_clamav::EicarScanner;
use threadwell_domain::attachment::FileKind;
use threadwell_inspection::{InspectorProcess, InspectorSettings};

/// Storage, scanner and inspector of an app, with their switches.
#[derive(Debug)]
pub struct TestFiles {
    root: PathBuf,
    storage: DirectoryAttachments,
    scanner: Arc<dyn MalwareScanner>,
    inspector: InspectorProcess,
    clock: Arc<FixedClock>,
    is_storage_down: AtomicBool,
    is_scanner_down: AtomicBool,
    is_inspector_down: AtomicBool,
    /// Calls until death; below zero for never.
    fuse: AtomicI64,
}

impl TestFiles {
    pub(crate) fn new(
        home: &Path,
        clock: Arc<FixedClock>,
        scanner: Option<Arc<dyn MalwareScanner>>,
    ) -> Arc<Self> {
        let root = home.join("files");
        Arc::new(Self {
            storage: DirectoryAttachments::open(&root, clock.clone()).unwrap(),
            root,
            scanner: scanner.unwrap_or_else(|| Arc::new(EicarScanner)),
            inspector: InspectorProcess::new(InspectorSettings {
                program: program(),
                ..InspectorSettings::default()
            }),
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

    /// How many objects there are, unfinished ones included.
    pub fn count(&self) -> usize {
        self.stored().len()
    }

    /// Changes a byte in the middle of every object.
    pub fn damage_all(&self) {
        for path in self.stored() {
            let mut bytes = fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(path, bytes).unwrap();
        }
    }

    /// Loses every object.
    pub fn lose_all(&self) {
        self.stored().iter().for_each(|path| fs::remove_file(path).unwrap());
    }

    /// Puts an object there that no row names.
    pub fn add_orphan(&self, name: u128) {
        let name = BlobName::new(name.to_be_bytes());
        let directory = self.root.join(format!("{:02x}", name.bytes()[0]));
        fs::create_dir_all(&directory).unwrap();
        let file = File::create(directory.join(name.to_string())).unwrap();
        let at: DateTime<chrono::Utc> = self.clock.now();
        file.set_modified(SystemTime::from(at)).unwrap();
    }

    /// Whether any object holds these bytes as they are.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        self.stored().iter().any(|path| contains(&fs::read(path).unwrap(), bytes))
    }

    /// Lets time pass for what is there.
    pub fn let_pass(&self, time: Duration) {
        for path in self.stored() {
            let file = File::options().write(true).open(path).unwrap();
            let at = file.metadata().unwrap().modified().unwrap() - time;
            file.set_modified(at).unwrap();
        }
    }

    /// How many objects there are that never became whole.
    pub fn unfinished(&self) -> usize {
        let is_unfinished = |path: &&PathBuf| path.file_name().is_some_and(|name| name.len() != 32);
        self.stored().iter().filter(is_unfinished).count()
    }

    fn stored(&self) -> Vec<PathBuf> {
        let entries = |path: &Path| fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        entries(&self.root)
            .filter(|path| path.is_dir())
            .flat_map(|fan| entries(&fan).collect::<Vec<_>>())
            .collect()
    }

    fn burn(&self) {
        if self.fuse.load(Ordering::SeqCst) >= 0 && self.fuse.fetch_sub(1, Ordering::SeqCst) == 0 {
            std::panic::resume_unwind(Box::new("killed"));
        }
    }

    fn storage_answers(&self) -> Result<(), StorageFailure> {
        match self.is_storage_down.load(Ordering::SeqCst) {
            true => Err(StorageFailure::Unavailable("switched off".into())),
            false => Ok(()),
        }
    }

    fn scanner_answers(&self) -> Result<(), ScanFailure> {
        match self.is_scanner_down.load(Ordering::SeqCst) {
            true => Err(ScanFailure::Unavailable("switched off".into())),
            false => Ok(()),
        }
    }

    fn inspector_answers(&self) -> Result<(), InspectionFailure> {
        match self.is_inspector_down.load(Ordering::SeqCst) {
            true => Err(InspectionFailure::Unavailable("switched off".into())),
            false => Ok(()),
        }
    }
}

/// The product's own program: Cargo builds it before the tests that stand one directory below it.
pub(crate) fn program() -> PathBuf {
    let test = env::current_exe().unwrap();
    let program = test.parent().and_then(Path::parent).unwrap().join("threadwell");
    assert!(program.is_file(), "{} is missing", program.display());
    program
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len().max(1)).any(|window| window == part)
}

#[async_trait]
impl AttachmentStorage for TestFiles {
    async fn store(&self, blob: &Blob, content: FileStream) -> Result<u64, StorageFailure> {
        self.burn();
        self.storage_answers()?;
        let stored = self.storage.store(blob, content).await;
        self.burn();
        stored
    }

    async fn open(&self, blob: &Blob, size: u64, part: Range<u64>) -> Result<FileStream, StorageFailure> {
        self.burn();
        self.storage_answers()?;
        let opened = self.storage.open(blob, size, part).await;
        self.burn();
        opened
    }

    async fn remove(&self, name: BlobName) -> Result<(), StorageFailure> {
        self.burn();
        self.storage_answers()?;
        let removed = self.storage.remove(name).await;
        self.burn();
        removed
    }

    async fn list(&self, after: Option<BlobName>) -> Result<Vec<StoredBlob>, StorageFailure> {
        self.storage_answers()?;
        self.storage.list(after).await
    }

    async fn ready(&self) -> Result<(), StorageFailure> {
        self.storage_answers()?;
        self.storage.ready().await
    }
}

#[async_trait]
impl MalwareScanner for TestFiles {
    async fn scan(&self, content: FileStream) -> Result<ScanVerdict, ScanFailure> {
        self.burn();
        self.scanner_answers()?;
        let verdict = self.scanner.scan(content).await;
        self.burn();
        verdict
    }

    async fn ready(&self) -> Result<(), ScanFailure> {
        self.scanner_answers()?;
        self.scanner.ready().await
    }
}

#[async_trait]
impl FileInspector for TestFiles {
    async fn inspect(&self, kind: FileKind, content: FileStream) -> Result<(), InspectionFailure> {
        self.inspector_answers()?;
        self.inspector.inspect(kind, content).await
    }

    async fn clean(&self, kind: FileKind, content: FileStream) -> Result<CleanPicture, InspectionFailure> {
        self.burn();
        self.inspector_answers()?;
        let cleaned = self.inspector.clean(kind, content).await;
        self.burn();
        cleaned
    }
}
