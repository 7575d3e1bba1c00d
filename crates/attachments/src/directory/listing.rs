use std::{
    fs::{self, DirEntry, Metadata},
    io::{self, ErrorKind},
    path::Path,
};

use chrono::TimeDelta;
use threadwell_application::ports::{BlobName, StoredBlob};
use threadwell_domain::Moment;

use super::layout;

const PAGE_LEN: usize = 1000;
/// No upload takes a day: what is older was left by a process that was killed.
const STALE_AFTER: TimeDelta = TimeDelta::hours(24);

/// The objects after a name, in the order of names; removes stale leftovers on its way.
pub(super) fn list(root: &Path, after: Option<BlobName>, now: Moment) -> io::Result<Vec<StoredBlob>> {
    // Probes lie in the root itself. A root that is gone must not look like a storage in which there is nothing.
    for entry in fs::read_dir(root)? {
        sweep(&entry?, now)?;
    }
    let start = after.map_or(0, |name| {
        let [first, ..] = name.bytes();
        first
    });
    let mut found = Vec::new();
    for first in start..=u8::MAX {
        let directory = layout::fan(root, first);
        for name in names_in(&directory, first, now)?.into_iter().filter(|name| Some(*name) > after) {
            // Only what the page shows is looked at: a directory may hold many pages.
            found.extend(look_at(&directory, name)?);
            if found.len() == PAGE_LEN {
                return Ok(found);
            }
        }
    }
    Ok(found)
}

/// The names of the files that may be objects, in their order.
fn names_in(directory: &Path, first: u8, now: Moment) -> io::Result<Vec<BlobName>> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_str().and_then(BlobName::parse);
        match name.filter(|name| name.bytes().first() == Some(&first)) {
            Some(name) => found.push(name),
            None => sweep(&entry, now)?,
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn look_at(directory: &Path, name: BlobName) -> io::Result<Option<StoredBlob>> {
    let Some(metadata) = unless_gone(fs::symlink_metadata(directory.join(name.to_string())))? else {
        return Ok(None);
    };
    let written_at = Moment::from(metadata.modified()?);
    Ok(Some(StoredBlob { name, sealed_bytes: metadata.len(), written_at }))
}

/// Removes a file that was never finished, if it is stale.
fn sweep(entry: &DirEntry, now: Moment) -> io::Result<()> {
    if !entry.file_name().to_str().is_some_and(layout::is_unfinished) {
        return Ok(());
    }
    let Some(metadata) = unless_gone(entry.metadata())? else { return Ok(()) };
    if now.signed_duration_since(Moment::from(metadata.modified()?)) > STALE_AFTER {
        // Another listing may have been faster.
        let _removed = fs::remove_file(entry.path());
    }
    Ok(())
}

/// Files only; nothing where it was removed or finished since the directory was read.
fn unless_gone(metadata: io::Result<Metadata>) -> io::Result<Option<Metadata>> {
    match metadata {
        Ok(metadata) => Ok(Some(metadata).filter(Metadata::is_file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
