//! Whether rows and objects agree: nothing missing, nothing over, nothing damaged.

use super::orphans::list_all;
use super::waiting::Waiting;
use crate::access::{Access, Action, Caller};
use crate::ports::{BlobName, FileStream, KeptFile, StorageFailure, Store, StoredObject};
use crate::{Error, Result};
use std::collections::BTreeSet;
use std::future::poll_fn;
use threadwell_domain::{AttachmentId, TenantId};

const PAGE: i64 = 1_000;

/// Something that is not as it should be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// A row names an object that is not there.
    Missing {
        /// The practice.
        tenant: TenantId,
        /// The file.
        file: AttachmentId,
        /// The object.
        name: BlobName,
    },
    /// An object is not what was stored.
    Broken {
        /// The practice.
        tenant: TenantId,
        /// The file.
        file: AttachmentId,
        /// The object.
        name: BlobName,
    },
    /// A row's key does not open.
    KeyUnreadable {
        /// The practice.
        tenant: TenantId,
        /// The file.
        file: AttachmentId,
    },
    /// No row names the object.
    Orphan(BlobName),
}

/// Reads every object of every file to its end and lists every object that no file has; gives each finding to `tell`
/// and returns how many objects were read.
///
/// # Errors
/// The storage or the database is unavailable.
pub fn verify_files(store: &dyn Store, files: Waiting<'_>, tell: &mut dyn FnMut(Finding)) -> Result<usize> {
    let listed = list_all(files)?;
    let (mut known, mut read) = (BTreeSet::new(), 0);
    for tenant in store.practices()?.into_iter().map(|practice| practice.id) {
        each_file(store, tenant, &mut |file| {
            known.extend(file.names.iter().copied());
            if file.objects.is_empty() && file.state.is_claimable() && file.state.refusal().is_none() {
                tell(Finding::KeyUnreadable { tenant, file: file.id });
            }
            for object in &file.objects {
                read += 1;
                if let Some(finding) = check(files, tenant, file.id, object)?
                    && still_has(store, tenant, file.id, object.blob.name)?
                {
                    tell(finding);
                }
            }
            Ok(())
        })?;
    }
    let mut over: Vec<BlobName> =
        listed.iter().map(|blob| blob.name).filter(|name| !known.contains(name)).collect();
    if !over.is_empty() {
        // What a row gave up after the listing is gone by now, or about to go.
        let left: BTreeSet<BlobName> = list_all(files)?.iter().map(|blob| blob.name).collect();
        over.retain(|name| left.contains(name));
    }
    over.into_iter().for_each(|name| tell(Finding::Orphan(name)));
    Ok(read)
}

/// Whether a file has the object even now: it may have been written anew or swept since its row was read.
fn still_has(store: &dyn Store, tenant: TenantId, file: AttachmentId, name: BlobName) -> Result<bool> {
    let caller = Caller::worker_of(tenant);
    let file = store.transact(&Access::to(&caller, Action::WorkFiles), |tx| tx.file_work().kept(file))?;
    Ok(file.is_some_and(|file| file.objects.iter().any(|object| object.blob.name == name)))
}

/// The names of all objects that a row has, of all practices.
pub(super) fn names_of(store: &dyn Store) -> Result<BTreeSet<BlobName>> {
    let mut names = BTreeSet::new();
    for practice in store.practices()? {
        each_file(store, practice.id, &mut |file| {
            names.extend(file.names);
            Ok(())
        })?;
    }
    Ok(names)
}

fn each_file(
    store: &dyn Store,
    tenant: TenantId,
    visit: &mut dyn FnMut(KeptFile) -> Result<()>,
) -> Result<()> {
    let caller = Caller::worker_of(tenant);
    let mut after = None;
    loop {
        let page = store
            .transact(&Access::to(&caller, Action::WorkFiles), |tx| tx.file_work().inventory(after, PAGE))?;
        let Some(last) = page.last().map(|file| file.id) else { return Ok(()) };
        page.into_iter().try_for_each(&mut *visit)?;
        after = Some(last);
    }
}

fn check(
    files: Waiting<'_>,
    tenant: TenantId,
    file: AttachmentId,
    object: &StoredObject,
) -> Result<Option<Finding>> {
    let storage = &files.ports.storage;
    let name = object.blob.name;
    let outcome = files
        .until(async { read_to_end(storage.open(&object.blob, object.bytes, 0..object.bytes).await?).await });
    match outcome.ok_or_else(|| Error::unavailable("nobody waits"))? {
        Ok(()) => Ok(None),
        Err(StorageFailure::Missing) => Ok(Some(Finding::Missing { tenant, file, name })),
        Err(StorageFailure::Damaged | StorageFailure::TooLarge | StorageFailure::BrokeOff) => {
            Ok(Some(Finding::Broken { tenant, file, name }))
        }
        Err(failure @ StorageFailure::Unavailable(_)) => Err(Error::unavailable(failure)),
    }
}

async fn read_to_end(mut content: FileStream) -> std::result::Result<(), StorageFailure> {
    while let Some(piece) = poll_fn(|cx| content.as_mut().poll_next(cx)).await {
        drop(piece?);
    }
    Ok(())
}
