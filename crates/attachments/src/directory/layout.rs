//! Where an object lies: in one of 256 directories, named by the first two digits of its name.

use std::{
    io,
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;
use threadwell_application::ports::BlobName;

/// What a file that is still being written is called by.
const UNFINISHED: &str = ".new-";

pub(super) fn directory(root: &Path, name: BlobName) -> PathBuf {
    let [first, ..] = name.bytes();
    fan(root, first)
}

pub(super) fn fan(root: &Path, first: u8) -> PathBuf {
    root.join(format!("{first:02x}"))
}

pub(super) fn path(root: &Path, name: BlobName) -> PathBuf {
    directory(root, name).join(name.to_string())
}

/// A new file for the owner alone, that is removed when it is dropped.
pub(super) fn unfinished_in(directory: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::with_prefix_in(UNFINISHED, directory)
}

pub(super) fn is_unfinished(file_name: &str) -> bool {
    file_name.starts_with(UNFINISHED)
}
