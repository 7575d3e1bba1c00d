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
/// So many orphans are nothing unusual, however little is stored.
const ALWAYS_FEW: usize = 100;
/// One part in so many of what is stored is nothing unusual either. More look like the storage of another database.
const FEW_OF: usize = 20;

/// What a sweep did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Swept {
    /// Objects that were looked at.
    pub seen: usize,
    /// Objects of more than a day that no row names.
    pub orphans: usize,
    /// Objects that were removed: all orphans, or none if they are too many to be believed.
    pub removed: usize,
}

impl Swept {
    /// Whether nothing was removed because there were too many.
    pub const fn is_refused(self) -> bool {
        self.removed < self.orphans
    }
}

/// Removes objects of more than a day that no row of any practice names. If they are more than a hundred and more
/// than a twentieth of what is stored, the database is likely another than the storage's: then nothing is removed
/// unless the sweep is forced.
///
/// The storage is listed first: what is named by a row that is written afterwards cannot be in the list for a day.
///
/// # Errors
/// The storage or the database is unavailable.
pub fn sweep_orphans(store: &dyn Store, files: Waiting<'_>, now: Moment, is_forced: bool) -> Result<Swept> {
    let listed = list_all(files)?;
    let seen = listed.len();
    let old: Vec<BlobName> =
        listed.into_iter().filter(|blob| now - blob.written_at > OLD_ENOUGH).map(|blob| blob.name).collect();
    if old.is_empty() {
        return Ok(Swept { seen, ..Swept::default() });
    }
    let known: BTreeSet<BlobName> = names_of(store)?;
    let orphans: Vec<BlobName> = old.into_iter().filter(|name| !known.contains(name)).collect();
    let mut swept = Swept { seen, orphans: orphans.len(), removed: 0 };
    if !is_forced && orphans.len() > ALWAYS_FEW.max(seen / FEW_OF) {
        return Ok(swept);
    }
    for name in orphans {
        let gone = files.until(files.ports.storage.remove(name));
        gone.ok_or_else(|| Error::unavailable("nobody waits"))?.map_err(Error::unavailable)?;
        swept.removed += 1;
    }
    Ok(swept)
}

/// Lists everything, which removes nothing that is whole: a directory gets rid of uploads of more than a day that were
/// never finished on the way. Gives the number of objects.
///
/// # Errors
/// The storage is unavailable.
pub fn tidy_storage(files: Waiting<'_>) -> Result<usize> {
    list_all(files).map(|listed| listed.len())
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
