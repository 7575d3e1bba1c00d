//! Adapters of the `AttachmentStorage` port: an S3 bucket, and a directory.
//!
//! The only crate that names `aws-*`. Both adapters share what matters: bytes are sealed while they come in and
//! proven before they go out ([`threadwell_crypto::blob`]), so that neither disk nor bucket ever holds a file in clear,
//! and neither memory a whole one. Nothing of a file is in a key, a path or metadata: an object is called by 128 random
//! bits. To add an adapter, implement the port and put it through the contract in `tests/it`.

mod directory;
mod opening;
mod s3;
mod sealing;
mod settings;

pub use directory::DirectoryAttachments;
pub use s3::S3Attachments;
pub use settings::{S3Credentials, S3Settings, SettingsError};
