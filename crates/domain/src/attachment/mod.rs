//! Files that belong to messages: what they may be and how they come to be downloadable.

mod file_name;
mod kind;
mod quota;
mod refusal;
mod signature;
mod state;

pub use file_name::{FileName, FileNameRefusal};
pub use kind::FileKind;
pub use quota::{PERSON_BYTES_A_DAY, PRACTICE_BYTES_A_DAY, UploadLimits};
pub use refusal::ContentRefusal;
pub use signature::SIGNATURE_BYTES;
pub use state::{AttachmentState, IllegalStep, RECEIVED_WITHIN, TAKES_FILES_FOR, UNCLAIMED_FOR};

/// The largest file, in bytes (product.md, Attachments).
pub const MAX_FILE_BYTES: u64 = 10 * 1024 * 1024;
/// The most files of one message.
pub const MAX_FILES_PER_MESSAGE: usize = 20;
/// The most megapixels of a picture, times a million.
pub const MAX_PICTURE_PIXELS: u64 = 40_000_000;
/// The longest side of a picture, in pixels.
pub const MAX_PICTURE_SIDE: u32 = 12_000;
/// The longest side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE: u32 = 512;
