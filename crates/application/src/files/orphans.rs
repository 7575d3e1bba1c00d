//! Objects that no row names: of uploads whose transaction never was, and of workers that were killed.

use super::verify::names_of;
use super::waiting::Waiting;
use crate::ports::{BlobName, Store, StoredBlob};
use crate::{Error, Result};
use chrono::Duration;
use std::collections::BTreeSet;
use threadwell_domain::Moment;

/// How old an object must be before it can be an orphan: a row is written before its objects, so a day is ample.
const OLD_ENOUGH: Duration = Duration::hours(24);

/// What a sweep did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Swept {
    /// Objects that were looked at.
    pub seen: usize,
    /// Objects that were removed.
    pub removed: usize,
}

/// Removes objects of more than a day that no row of any practice names.
///
/// The storage is listed first: what is named by a row that is written afterwards cannot be in the list for a day.
///
/// # Errors
/// The storage or the database is unavailable.
pub fn sweep_orphans(store: &dyn Store, files: Waiting<'_>, now: Moment) -> Result<Swept> {
    let listed = list_all(files)?;
    let seen = listed.len();
    let old: Vec<BlobName> =
        listed.into_iter().filter(|blob| now - blob.written_at > OLD_ENOUGH).map(|blob| blob.name).collect();
    if old.is_empty() {
        return Ok(Swept { seen, removed: 0 });
    }
    let known: BTreeSet<BlobName> = names_of(store)?;
    let mut removed = 0;
    for name in old.into_iter().filter(|name| !known.contains(name)) {
        let gone = files.until(files.ports.storage.remove(name));
        gone.ok_or_else(|| Error::unavailable("nobody waits"))?.map_err(Error::unavailable)?;
        removed += 1;
    }
    Ok(Swept { seen, removed })
}

/// Every object of the storage.
pub(super) fn list_all(files: Waiting<'_>) -> Result<Vec<StoredBlob>> {
    let mut all: Vec<StoredBlob> = Vec::new();
    loop {
        let after = all.last().map(|blob| blob.name);
        let page = files.until(files.ports.storage.list(after));
        let page = page.ok_or_else(|| Error::unavailable("nobody waits"))?.map_err(Error::unavailable)?;
        // A storage that does not move on must not be asked for ever.
        let moves_on = page.last().is_some_and(|last| after.is_none_or(|after| last.name > after));
        if !moves_on {
            return Ok(all);
        }
        all.extend(page);
    }
}
