//! Files as both sides see them, and what may be uploaded.

use super::{FileRefusal, Id, SenderType, Timestamp, shown};
use serde::Serialize;
use threadwell_application::ports::{AttachmentView, ThreadAttachment as ThreadFile};
use threadwell_domain::attachment::{AttachmentState as State, FileKind, UploadLimits};
use utoipa::ToSchema;

/// Where a file is on its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AttachmentState {
    /// Being checked for malware.
    Scanning,
    /// A picture that is being prepared.
    Processing,
    /// It can be downloaded.
    Available,
    /// It was refused for good; `refusal` says why.
    Rejected,
    /// It could not be checked yet; that is tried again by itself.
    Failed,
}

impl From<State> for AttachmentState {
    /// What is before the scan, or gone, is told apart by nobody outside.
    fn from(state: State) -> Self {
        match state {
            State::Reserved | State::Received | State::Scanning => Self::Scanning,
            State::Processing => Self::Processing,
            State::Available => Self::Available,
            State::Rejected(_) | State::Swept => Self::Rejected,
            State::Failed => Self::Failed,
        }
    }
}

/// The bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "the document's shape of a body that is streamed")]
pub(crate) struct FileBytes(Vec<u8>);

/// A file of a message, or one that waits for a message.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Attachment {
    id: Id,
    #[schema(example = "arm.jpg")]
    filename: String,
    /// In bytes.
    #[schema(example = 120_394)]
    file_size: i64,
    #[schema(example = "image/jpeg")]
    mime_type: &'static str,
    state: AttachmentState,
    /// Why it was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    refusal: Option<FileRefusal>,
    /// Of a picture, in pixels, once it is available.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 1600)]
    width: Option<i32>,
    /// Of a picture, in pixels, once it is available.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 1200)]
    height: Option<i32>,
    /// Whether there is a small picture of it.
    has_thumbnail: bool,
}

impl From<&AttachmentView> for Attachment {
    fn from(file: &AttachmentView) -> Self {
        Self {
            id: Id(file.id.uuid()),
            filename: shown(&file.filename),
            file_size: file.size_bytes,
            mime_type: file.kind.media_type(),
            state: file.state.into(),
            refusal: file.state.refusal().map(FileRefusal::from),
            width: file.extent.map(|(width, _)| width),
            height: file.extent.map(|(_, height)| height),
            has_thumbnail: file.has_thumbnail,
        }
    }
}

/// A file of a thread, with the message that it came with.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ThreadAttachment {
    #[serde(flatten)]
    file: Attachment,
    message_id: Id,
    sent_at: Timestamp,
    sender_type: SenderType,
}

/// The files of a thread.
#[derive(Serialize, ToSchema)]
pub(crate) struct ThreadAttachments {
    /// Oldest message first.
    attachments: Vec<ThreadAttachment>,
}

impl ThreadAttachments {
    pub(crate) fn of(files: &[ThreadFile]) -> Self {
        let entry = |file: &ThreadFile| ThreadAttachment {
            file: Attachment::from(&file.view),
            message_id: Id(file.message.uuid()),
            sent_at: file.sent_at.into(),
            sender_type: file.sender_kind.into(),
        };
        Self { attachments: files.iter().map(entry).collect() }
    }
}

/// A kind of file that may be uploaded.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AllowedKind {
    #[schema(example = "image/jpeg")]
    mime_type: &'static str,
    /// Without the dot, lower case.
    #[schema(example = json!(["jpg", "jpeg"]))]
    extensions: Vec<&'static str>,
}

/// What may be uploaded.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AttachmentLimits {
    #[schema(example = 10_485_760)]
    max_file_bytes: u64,
    #[schema(example = 20)]
    max_files_per_message: usize,
    kinds: Vec<AllowedKind>,
}

impl From<UploadLimits> for AttachmentLimits {
    fn from(limits: UploadLimits) -> Self {
        let kind = |kind: FileKind| AllowedKind {
            mime_type: kind.media_type(),
            extensions: kind.extensions().to_vec(),
        };
        Self {
            max_file_bytes: limits.file_bytes,
            max_files_per_message: limits.files_per_message,
            kinds: FileKind::ALL.map(kind).into(),
        }
    }
}
