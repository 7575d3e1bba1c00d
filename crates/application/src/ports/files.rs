//! Files outside the database: where they are kept, who looks into them, who scans them.
//!
//! All of it is asynchronous, so none of it can happen inside a transaction: an attachment is a state machine.

use async_trait::async_trait;
use bytes::Bytes;
use futures_core::stream::BoxStream;
use std::fmt;
use std::ops::Range;
use threadwell_domain::attachment::{ContentRefusal, FileKind};
use threadwell_domain::{AttachmentId, Moment, TenantId};
use zeroize::Zeroizing;

/// The bytes of a file on their way, in pieces of any size. An error ends the stream: what came before it must not be
/// taken for the whole.
pub type FileStream = BoxStream<'static, Result<Bytes, StorageFailure>>;

/// The name of one stored object: 128 random bits, 32 lower-case hexadecimal digits. Says nothing of its content, and
/// is used for one object alone: whatever is stored anew gets a new name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobName([u8; 16]);

impl BlobName {
    /// Takes 16 random bytes.
    pub const fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// The bytes, for adapters.
    pub const fn bytes(self) -> [u8; 16] {
        self.0
    }

    /// Reads what `Display` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let bits = is_plain.then(|| u128::from_str_radix(text, 16).ok()).flatten()?;
        Some(Self(bits.to_be_bytes()))
    }
}

impl fmt::Display for BlobName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for BlobName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobName({self})")
    }
}

/// The key of one attachment's objects: 32 random bytes, kept sealed in its row.
#[derive(Clone)]
pub struct BlobKey(pub Zeroizing<[u8; 32]>);

impl fmt::Debug for BlobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlobKey")
    }
}

/// One stored object, with what it is bound to and opened by. An object under another name, or of another attachment
/// or practice, does not open.
#[derive(Clone, Debug)]
pub struct Blob {
    /// Whose.
    pub tenant: TenantId,
    /// Of which attachment.
    pub attachment: AttachmentId,
    /// Which object.
    pub name: BlobName,
    /// The attachment's key.
    pub key: BlobKey,
}

/// An object in a listing of the whole storage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StoredBlob {
    /// Its name.
    pub name: BlobName,
    /// Its sealed size in bytes.
    pub sealed_bytes: u64,
    /// When it was written, by the storage's clock.
    pub written_at: Moment,
}

/// Why a file's bytes could not be kept or had.
#[derive(Debug, thiserror::Error)]
pub enum StorageFailure {
    /// No such object.
    #[error("no such object")]
    Missing,
    /// It is not, byte for byte and to its end, what was stored under this name.
    #[error("the object is damaged")]
    Damaged,
    /// More bytes than a file may have.
    #[error("larger than a file may be")]
    TooLarge,
    /// The bytes that were to be stored stopped coming.
    #[error("the upload broke off")]
    BrokeOff,
    /// The storage does not answer or refuses; trying again may help.
    #[error("the storage is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Keeps the bytes of files, sealed: an S3 bucket, or a directory.
#[async_trait]
pub trait AttachmentStorage: Send + Sync + fmt::Debug {
    /// Seals and stores a new object while its bytes come in. When it returns `Ok`, the object is durable; when it
    /// fails, nothing is left under the name but what [`AttachmentStorage::remove`] or a sweep takes away. Gives the
    /// number of bytes in clear.
    ///
    /// # Errors
    /// `TooLarge` as soon as more than [`MAX_FILE_BYTES`](threadwell_domain::attachment::MAX_FILE_BYTES) came;
    /// the stream's own failure; `Unavailable`.
    async fn store(&self, blob: &Blob, content: FileStream) -> Result<u64, StorageFailure>;

    /// Opens a part of an object that holds `size` bytes in clear. Every piece was authenticated before it is given;
    /// an object that is shorter, longer, older or another fails before its first wrong byte.
    ///
    /// # Errors
    /// `Missing`, `Damaged`, `Unavailable`; the stream ends with the same.
    async fn open(&self, blob: &Blob, size: u64, part: Range<u64>) -> Result<FileStream, StorageFailure>;

    /// Removes an object; one that is not there is no error.
    ///
    /// # Errors
    /// `Unavailable`.
    async fn remove(&self, name: BlobName) -> Result<(), StorageFailure>;

    /// Up to a thousand objects in the order of their names, those after `after`.
    ///
    /// # Errors
    /// `Unavailable`.
    async fn list(&self, after: Option<BlobName>) -> Result<Vec<StoredBlob>, StorageFailure>;

    /// Whether the storage can be reached and written.
    ///
    /// # Errors
    /// `Unavailable`.
    async fn ready(&self) -> Result<(), StorageFailure>;
}

/// Why a scan came to no end.
#[derive(Debug, thiserror::Error)]
pub enum ScanFailure {
    /// The file's bytes could not be had.
    #[error(transparent)]
    Content(StorageFailure),
    /// The scanner does not answer, answers nonsense, or takes too long: the file stays shut.
    #[error("the scanner is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What a scanner says of a whole file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ScanVerdict {
    /// Nothing known.
    Clean,
    /// It matches a signature.
    Malware {
        /// The signature's name. Not PHI; for the log and the audit.
        signature: String,
    },
}

/// Looks for malware: clamd, or the demo's scanner that knows the EICAR test file alone.
#[async_trait]
pub trait MalwareScanner: Send + Sync + fmt::Debug {
    /// Reads a file to its end and says what it is. Never `Clean` for a file that was not seen whole.
    ///
    /// # Errors
    /// The content's failure, or `Unavailable`.
    async fn scan(&self, content: FileStream) -> Result<ScanVerdict, ScanFailure>;

    /// Whether the scanner answers.
    ///
    /// # Errors
    /// `Unavailable`.
    async fn ready(&self) -> Result<(), ScanFailure>;
}

/// Why nobody could look into a file.
#[derive(Debug, thiserror::Error)]
pub enum InspectionFailure {
    /// It is refused for good.
    #[error("the content is refused: {}", .0.name())]
    Refused(ContentRefusal),
    /// The file's bytes could not be had.
    #[error(transparent)]
    Content(StorageFailure),
    /// The inspector could not be started or broke for a reason of the machine's.
    #[error("the inspector is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A picture written anew: decoded, turned upright, without anything but its pixels.
#[derive(Clone)]
pub struct CleanPicture {
    /// The picture, of the same kind as the upload (a GIF's first frame becomes a PNG).
    pub picture: Bytes,
    /// Its kind.
    pub kind: FileKind,
    /// At most 512 pixels wide and high, a JPEG, or a PNG where the picture has transparency.
    pub thumbnail: Bytes,
    /// The thumbnail's kind.
    pub thumbnail_kind: FileKind,
    /// Width of the picture in pixels, upright.
    pub width: u32,
    /// Height of the picture in pixels, upright.
    pub height: u32,
}

impl fmt::Debug for CleanPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CleanPicture")
            .field("kind", &self.kind)
            .field("bytes", &self.picture.len())
            .field("thumbnail_bytes", &self.thumbnail.len())
            .field("width", &self.width)
            .field("height", &self.height)
            .finish()
    }
}

/// Looks into files that nobody trusts yet, in a process of its own under limits of memory and time.
#[async_trait]
pub trait FileInspector: Send + Sync + fmt::Debug {
    /// Reads a file to its end and refuses what may not be kept: content that is not of the kind, pictures over the
    /// limits by their headers, documents that are active, encrypted or built as traps. Does not decode pixels.
    ///
    /// # Errors
    /// `Refused` and why; the content's failure; `Unavailable`.
    async fn inspect(&self, kind: FileKind, content: FileStream) -> Result<(), InspectionFailure>;

    /// Decodes a picture and writes it anew, with a thumbnail.
    ///
    /// # Errors
    /// `Refused` and why; the content's failure; `Unavailable`.
    async fn clean(&self, kind: FileKind, content: FileStream) -> Result<CleanPicture, InspectionFailure>;
}
