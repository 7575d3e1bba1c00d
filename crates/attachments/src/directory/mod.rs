//! Files in a directory of this machine or of a file server.

mod layout;
mod listing;

use std::{
    fs::{self, DirBuilder, File},
    io::{self, ErrorKind, SeekFrom},
    ops::Range,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use async_trait::async_trait;
use bytes::BytesMut;
use futures_util::{StreamExt, stream};
use tempfile::{NamedTempFile, TempPath};
use threadwell_application::ports::{
    AttachmentStorage, Blob, BlobName, Clock, FileStream, StorageFailure, StoredBlob,
};
use tokio::{
    io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt},
    task::spawn_blocking,
};

use crate::{opening, sealing::Sealing};

/// How much is moved to or from the disk at once.
const PIECE_LEN: usize = 256 * 1024;

/// Keeps sealed files in a directory, for one server or several that share it.
///
/// A file is written under a name that no listing shows, brought to the disk, and given its own name at once and only if
/// that is free. So what has a name is whole, also after the power failed. What a killed upload left is removed by
/// a listing a day later.
#[derive(Debug, Clone)]
pub struct DirectoryAttachments {
    root: PathBuf,
    clock: Arc<dyn Clock>,
}

impl DirectoryAttachments {
    /// Opens the storage, making the directory for the owner's eyes only if it does not exist.
    ///
    /// # Errors
    /// The directory cannot be made.
    pub fn open(root: impl Into<PathBuf>, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let root = root.into();
        make_durably(&root)?;
        Ok(Self { root, clock })
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T, StorageFailure> {
        let root = self.root.clone();
        spawn_blocking(move || work(&root)).await.map_err(io::Error::other).flatten().map_err(unavailable)
    }
}

#[async_trait]
impl AttachmentStorage for DirectoryAttachments {
    async fn store(&self, blob: &Blob, content: FileStream) -> Result<u64, StorageFailure> {
        let mut sealing = Sealing::new(blob, content)?;
        let name = blob.name;
        let (file, staged) = self.blocking(move |root| stage(root, name)).await?;
        let mut file = tokio::fs::File::from_std(file);
        let mut sealed = Vec::new();
        let size = loop {
            let end = sealing.fill(&mut sealed, PIECE_LEN).await?;
            file.write_all(&sealed).await.map_err(unavailable)?;
            sealed.clear();
            if let Some(size) = end {
                break size;
            }
        };
        file.flush().await.map_err(unavailable)?;
        file.sync_all().await.map_err(unavailable)?;
        self.blocking(move |root| publish(staged, root, name)).await?;
        Ok(size)
    }

    async fn open(&self, blob: &Blob, size: u64, part: Range<u64>) -> Result<FileStream, StorageFailure> {
        let opener = opening::opener(blob, size, part)?;
        let path = layout::path(&self.root, blob.name);
        let file = tokio::fs::File::open(path).await.map_err(missing_or_unavailable)?;
        if file.metadata().await.map_err(unavailable)?.len() != opener.sealed_len() {
            return Err(StorageFailure::Damaged);
        }
        let (first, second) = opener.wanted();
        let ranges = [Some(first), second].into_iter().flatten().collect::<Vec<_>>();
        opening::open(opener, read(file, ranges)).await
    }

    async fn remove(&self, name: BlobName) -> Result<(), StorageFailure> {
        self.blocking(move |root| remove(&layout::path(root, name))).await
    }

    async fn list(&self, after: Option<BlobName>) -> Result<Vec<StoredBlob>, StorageFailure> {
        let now = self.clock.now();
        self.blocking(move |root| listing::list(root, after, now)).await
    }

    async fn ready(&self) -> Result<(), StorageFailure> {
        self.blocking(|root| {
            let probe = layout::unfinished_in(root)?;
            probe.as_file().sync_all()?;
            probe.close()
        })
        .await
    }
}

/// Makes a directory and those above it that are missing, each brought to the disk: what lies in a directory is lost with
/// its name.
fn make_durably(directory: &Path) -> io::Result<()> {
    if directory.is_dir() {
        return Ok(());
    }
    let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.map_or(Ok(()), make_durably)?;
    DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    sync_directory(parent.unwrap_or(Path::new(".")))
}

/// A new file beside the place that it is for, removed when it is dropped.
fn stage(root: &Path, name: BlobName) -> io::Result<(File, TempPath)> {
    let directory = layout::directory(root, name);
    match DirBuilder::new().mode(0o700).create(&directory) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        Ok(()) | Err(_) => {}
    }
    layout::unfinished_in(&directory).map(NamedTempFile::into_parts)
}

/// Gives a file that is on the disk its name, and brings the name to the disk: its directory's entry, too, which this
/// upload or another one running may have made.
fn publish(staged: TempPath, root: &Path, name: BlobName) -> io::Result<()> {
    staged.persist_noclobber(layout::path(root, name)).map_err(|refused| refused.error)?;
    sync_directory(&layout::directory(root, name))?;
    sync_directory(root)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Ok(()) => path.parent().map_or(Ok(()), sync_directory),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// The bytes of these ranges, in their order.
fn read(file: tokio::fs::File, ranges: Vec<Range<u64>>) -> FileStream {
    let of_range = |file: tokio::fs::File, range: Range<u64>| async move {
        let mut file = file;
        file.seek(SeekFrom::Start(range.start)).await?;
        io::Result::Ok((file, range.end - range.start))
    };
    let start = (file, ranges.into_iter(), 0u64);
    stream::try_unfold(start, move |(mut file, mut ranges, mut left)| async move {
        while left == 0 {
            let Some(range) = ranges.next() else { return Ok(None) };
            (file, left) = of_range(file, range).await.map_err(unavailable)?;
        }
        let wanted = usize::try_from(left).unwrap_or(PIECE_LEN).min(PIECE_LEN);
        let mut piece = BytesMut::with_capacity(wanted);
        let mut limited = (&mut file).take(wanted as u64);
        let read = limited.read_buf(&mut piece).await.map_err(unavailable)?;
        if read == 0 {
            return Err(StorageFailure::Damaged);
        }
        Ok(Some((piece.freeze(), (file, ranges, left - read as u64))))
    })
    .boxed()
}

fn missing_or_unavailable(error: io::Error) -> StorageFailure {
    if error.kind() == ErrorKind::NotFound { StorageFailure::Missing } else { unavailable(error) }
}

fn unavailable(error: io::Error) -> StorageFailure {
    StorageFailure::Unavailable(Box::new(error))
}
