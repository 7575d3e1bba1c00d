//! Files on their way to messages: the rows, not the bytes.

use super::{Blob, BlobName, Readable, ThreadSight};
use crate::Result;
use chrono::Duration;
use threadwell_domain::attachment::{AttachmentState, FileKind, FileName, UploadLimits};
use threadwell_domain::message::SenderKind;
use threadwell_domain::thread::Seq;
use threadwell_domain::{AttachmentId, MessageId, Moment, PatientId, ThreadId};

/// A file of a message, or one that waits for a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AttachmentView {
    /// Which file.
    pub id: AttachmentId,
    /// Its name.
    pub filename: Readable,
    /// Its size in bytes.
    pub size_bytes: i64,
    /// Its kind.
    pub kind: FileKind,
    /// Where it is on its way to being downloadable.
    pub state: AttachmentState,
    /// Width and height of a picture in pixels, once it was written anew.
    pub extent: Option<(i32, i32)>,
    /// Whether there is a small picture of it.
    pub has_thumbnail: bool,
}

/// A file of a thread, with the message that it came with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThreadAttachment {
    /// The file.
    pub view: AttachmentView,
    /// Its message.
    pub message: MessageId,
    /// When that was sent.
    pub sent_at: Moment,
    /// Which side sent it.
    pub sender_kind: SenderKind,
}

/// One object of a file, as it is served.
#[derive(Clone, Debug)]
pub struct StoredObject {
    /// The object.
    pub blob: Blob,
    /// Its size in clear.
    pub bytes: u64,
    /// What it is.
    pub kind: FileKind,
}

/// A file that exists for the actor.
#[derive(Clone, Debug)]
pub struct FoundAttachment {
    /// What may be shown of it.
    pub view: AttachmentView,
    /// When it was uploaded.
    pub created_at: Moment,
    /// The thread, once a message has it.
    pub thread: Option<ThreadId>,
    /// Its object; `None` where its key does not open.
    pub object: Option<StoredObject>,
    /// The small picture of it.
    pub thumbnail: Option<StoredObject>,
}

/// A step of an upload, taken by its uploader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UploadStep {
    /// Where it must stand.
    pub from: AttachmentState,
    /// Where it goes. What is refused or swept has its objects removed by the worker.
    pub to: AttachmentState,
    /// Its size, where the step makes it known.
    pub bytes: Option<u64>,
    /// When the worker looks at it next.
    pub due: Option<Moment>,
}

/// The place of a message that takes files along.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MessagePlace {
    /// Its thread.
    pub thread: ThreadId,
    /// Its place there.
    pub seq: Seq,
    /// Whose thread it is.
    pub patient: PatientId,
    /// For staff's eyes alone.
    pub is_internal: bool,
}

/// A message that was sent before its files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OwnMessage {
    /// Its place.
    pub place: MessagePlace,
    /// When it was sent.
    pub sent_at: Moment,
}

/// Uploads and the files of messages. A file exists for its uploader until a message has it, then for whoever may see
/// the message.
pub trait Attachments {
    /// Keeps a place for an upload of the actor, with the name and key of its object. It counts for `bytes` until its
    /// size is known, and the worker looks at it at `due`.
    ///
    /// # Errors
    /// An unavailable database.
    fn reserve(&mut self, name: &FileName, bytes: u64, due: Moment) -> Result<Blob>;

    /// A file that exists for the actor.
    ///
    /// # Errors
    /// An unavailable database.
    fn find(&mut self, id: AttachmentId) -> Result<Option<FoundAttachment>>;

    /// Takes a step of an upload of the actor that no message has. `false` if it does not stand where it must; what is
    /// swept may stand anywhere.
    ///
    /// # Errors
    /// An unavailable database.
    fn step(&mut self, id: AttachmentId, step: UploadStep) -> Result<bool>;

    /// Gives uploads of the actor to a message that was stored before. `false`, with nothing given, if one of them is
    /// none of the actor's, is in a message already or was never told to be here.
    ///
    /// # Errors
    /// An unavailable database.
    fn claim(&mut self, ids: &[AttachmentId], place: &MessagePlace) -> Result<bool>;

    /// A message that the actor wrote, with its place.
    ///
    /// # Errors
    /// An unavailable database.
    fn own_message(&mut self, message: MessageId) -> Result<Option<OwnMessage>>;

    /// Counts a further file to a message. `false` if it has as many as it may.
    ///
    /// # Errors
    /// An unavailable database.
    fn extend(&mut self, place: &MessagePlace, limits: &UploadLimits) -> Result<bool>;

    /// The files of a thread that the actor may see, oldest message first; `None` where there is no such thread.
    ///
    /// # Errors
    /// An unavailable database.
    fn of_thread(&mut self, thread: ThreadId) -> Result<Option<Vec<ThreadAttachment>>>;
}

/// How much was uploaded today, by the actor and by the whole practice.
pub trait UploadUsage {
    /// Counts an upload. `false`, with nothing counted, if it would be more than either may have in a day.
    ///
    /// # Errors
    /// An unavailable database.
    fn count(&mut self, bytes: u64, limits: &UploadLimits) -> Result<bool>;

    /// Takes back what was counted too much for an upload of that time.
    ///
    /// # Errors
    /// An unavailable database.
    fn uncount(&mut self, bytes: u64, counted_at: Moment) -> Result<()>;
}

/// A file in the hands of one worker.
#[derive(Clone, Debug)]
pub struct ClaimedFile {
    /// Which file.
    pub id: AttachmentId,
    /// What it is.
    pub kind: FileKind,
    /// Where it stands.
    pub state: AttachmentState,
    /// Whether a message has it.
    pub is_claimed: bool,
    /// When it was uploaded.
    pub created_at: Moment,
    /// Its object; `None` where its key does not open.
    pub object: Option<StoredObject>,
    /// Objects that are to be removed.
    pub stale: Vec<BlobName>,
    /// How often it was claimed before since its state last changed.
    pub attempts: i32,
    /// The fencing token: marks of a worker whose lease ran out and passed to another do not count.
    pub fence: i32,
}

/// What a picture became.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Renditions {
    /// The picture written anew.
    pub picture: BlobName,
    /// Its kind.
    pub kind: FileKind,
    /// Its size in bytes.
    pub bytes: u64,
    /// The small picture.
    pub thumbnail: BlobName,
    /// Its kind.
    pub thumbnail_kind: FileKind,
    /// Its size in bytes.
    pub thumbnail_bytes: u64,
    /// Width and height of the picture in pixels.
    pub extent: (u32, u32),
}

/// What a worker writes about a file in its hands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileMark {
    /// Where it stands now.
    pub state: AttachmentState,
    /// When to look at it next.
    pub due: Option<Moment>,
    /// What the picture became; the object before it is to be removed.
    pub renditions: Option<Renditions>,
}

/// The thread that has a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FilePlace {
    /// Which thread, and for whom it is there.
    pub thread: ThreadSight,
    /// Whether a note has it.
    pub is_internal: bool,
}

/// The worker's side of files, one practice at a time.
pub trait FileWork {
    /// Takes due files for the length of a lease, skipping those in other hands.
    ///
    /// # Errors
    /// An unavailable database.
    fn claim_due(&mut self, limit: i64, lease: Duration) -> Result<Vec<ClaimedFile>>;

    /// Notes that these objects are gone. `false` if the lease had passed to another worker.
    ///
    /// # Errors
    /// An unavailable database.
    fn forget(&mut self, file: &ClaimedFile, removed: &[BlobName]) -> Result<bool>;

    /// Two new objects for what a picture becomes. Until [`FileWork::mark`] takes them into use they count as objects
    /// to be removed. `None` if the lease had passed to another worker.
    ///
    /// # Errors
    /// An unavailable database.
    fn plan(&mut self, file: &ClaimedFile) -> Result<Option<[Blob; 2]>>;

    /// Writes what became of a file and lets it go. What is refused or swept has its objects removed next; what is
    /// swept loses name and key, and its bytes count for nothing if its upload never ended. `false` if the lease had
    /// passed to another worker, or the file is no longer where it stood.
    ///
    /// # Errors
    /// An unavailable database.
    fn mark(&mut self, file: &ClaimedFile, mark: &FileMark) -> Result<bool>;

    /// Where a file is; `None` while no message has it.
    ///
    /// # Errors
    /// An unavailable database.
    fn place(&mut self, file: AttachmentId) -> Result<Option<FilePlace>>;

    /// Says when this practice has files due next; called when nothing was left to claim.
    ///
    /// # Errors
    /// An unavailable database.
    fn rest(&mut self) -> Result<()>;

    /// Files by their ids, after one, with every object that each of them has or is still to remove.
    ///
    /// # Errors
    /// An unavailable database.
    fn inventory(&mut self, after: Option<AttachmentId>, limit: i64) -> Result<Vec<KeptFile>>;

    /// A file as it is now, as the inventory has it.
    ///
    /// # Errors
    /// An unavailable database.
    fn kept(&mut self, id: AttachmentId) -> Result<Option<KeptFile>>;
}

/// A file and its objects, for comparing with the storage.
#[derive(Clone, Debug)]
pub struct KeptFile {
    /// Which file.
    pub id: AttachmentId,
    /// Where it stands.
    pub state: AttachmentState,
    /// The objects that must be there, with their sizes; empty where its key does not open.
    pub objects: Vec<StoredObject>,
    /// The names of all its objects, those to be removed included. What is refused or swept has none but the latter:
    /// an object of it that comes late is nobody's.
    pub names: Vec<BlobName>,
}
