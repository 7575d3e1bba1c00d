//! Scanning, writing anew, sweeping: one step of one file.
//!
//! Each step ends in a transaction that checks the fence, so that of two workers one counts. Objects are noted before
//! they are written and removed only after nothing names them any more: a worker can be killed at any point, and the
//! next one goes on from the row.

use super::backoff::{FAILED_FOR, next_look};
use super::done::FilesDone;
use super::whole;
use super::worker::FileWorker;
use crate::access::{Action, Audience, Caller};
use crate::ports::{
    Blob, ClaimedFile, CleanPicture, FileMark, InspectionFailure, Renditions, ScanFailure, ScanVerdict,
    StorageFailure, Tx,
};
use crate::{Error, Result, tell};
use threadwell_domain::attachment::{AttachmentState, ContentRefusal, IllegalStep};
use threadwell_domain::{AttachmentId, ChangeKind, Moment};

/// After so many tries an inspector that does not work makes a file fail.
const TRIES: i32 = 8;

/// What comes of a step: where the file goes, when to look at it next, and what its picture became.
struct Next {
    state: AttachmentState,
    when: When,
    renditions: Option<Renditions>,
}

/// When to look at a file next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Now,
    At(Option<Moment>),
    /// The step came to nothing and is tried again, the later the longer it took and the oftener it did.
    Again,
    /// It failed for good, as far as anybody knows.
    AfterFailure,
}

impl FileWorker<'_> {
    pub(super) fn step(&self, caller: &Caller, file: &ClaimedFile) -> Result<FilesDone> {
        let began = self.transact(caller, Action::WorkFiles, |tx| Ok(tx.now()))?;
        match self.next(caller, file, began)? {
            Some(next) => self.note(caller, file, began, next),
            // Somebody else has the file by now.
            None => Ok(FilesDone::default()),
        }
    }

    fn next(&self, caller: &Caller, file: &ClaimedFile, now: Moment) -> Result<Option<Next>> {
        // Before anything else: what nobody wants is neither scanned nor waited for.
        if file.state.is_forsaken(file.created_at, file.is_claimed, now) {
            return goes(file.state.swept(), When::Now);
        }
        if !self.remove_stale(caller, file)? {
            return again(file);
        }
        match file.state {
            AttachmentState::Scanning => self.scan(file),
            AttachmentState::Processing => self.clean(caller, file),
            AttachmentState::Failed => goes(file.state.retried(), When::Now),
            AttachmentState::Reserved
            | AttachmentState::Received
            | AttachmentState::Available
            | AttachmentState::Rejected(_)
            | AttachmentState::Swept => match file.state.due(file.created_at, file.is_claimed) {
                Some(due) if due <= now => goes(file.state.swept(), When::Now),
                due => goes(Ok(file.state), When::At(due)),
            },
        }
    }

    /// Takes away what nothing names any more. `false` if the storage does not let it.
    fn remove_stale(&self, caller: &Caller, file: &ClaimedFile) -> Result<bool> {
        for name in &file.stale {
            match self.files.until(self.files.ports.storage.remove(*name)) {
                Some(Ok(())) => {}
                Some(Err(failure)) => {
                    tracing::warn!(file = %file.id, %failure, "an object cannot be removed");
                    return Ok(false);
                }
                None => return Ok(false),
            }
        }
        if file.stale.is_empty() {
            return Ok(true);
        }
        self.transact(caller, Action::WorkFiles, |tx| tx.file_work().forget(file, &file.stale))
    }

    fn scan(&self, file: &ClaimedFile) -> Result<Option<Next>> {
        let Some(object) = &file.object else { return fails(file) };
        let ports = self.files.ports;
        let scanned = self.files.until(async {
            let content = ports.storage.open(&object.blob, object.bytes, 0..object.bytes).await;
            ports.scanner.scan(content.map_err(ScanFailure::Content)?).await
        });
        match scanned {
            Some(Ok(ScanVerdict::Clean)) => {
                let state = file.state.passed(file.kind);
                let when = match state {
                    Ok(AttachmentState::Processing) | Err(_) => When::Now,
                    Ok(state) => When::At(state.due(file.created_at, file.is_claimed)),
                };
                goes(state, when)
            }
            Some(Ok(ScanVerdict::Malware { signature })) => {
                tracing::warn!(file = %file.id, signature, "malware was found");
                goes(file.state.rejected(ContentRefusal::Malware), When::Now)
            }
            Some(Err(ScanFailure::Content(failure))) => content_failed(file, &failure),
            Some(Err(failure @ ScanFailure::Unavailable(_))) => {
                tracing::warn!(file = %file.id, attempts = file.attempts, %failure, "a file waits for the scanner");
                again(file)
            }
            None => Ok(None),
        }
    }

    fn clean(&self, caller: &Caller, file: &ClaimedFile) -> Result<Option<Next>> {
        let Some(object) = &file.object else { return fails(file) };
        let ports = self.files.ports;
        let cleaned = self.files.until(async {
            let content = ports.storage.open(&object.blob, object.bytes, 0..object.bytes).await;
            ports.inspector.clean(file.kind, content.map_err(InspectionFailure::Content)?).await
        });
        match cleaned {
            Some(Ok(picture)) => self.keep(caller, file, &picture),
            Some(Err(InspectionFailure::Refused(refusal))) => goes(file.state.rejected(refusal), When::Now),
            Some(Err(InspectionFailure::Content(failure))) => content_failed(file, &failure),
            Some(Err(failure @ InspectionFailure::Unavailable(_))) => {
                tracing::error!(file = %file.id, attempts = file.attempts, %failure, "a picture cannot be cleaned");
                if file.attempts >= TRIES { fails(file) } else { again(file) }
            }
            None => Ok(None),
        }
    }

    fn keep(&self, caller: &Caller, file: &ClaimedFile, clean: &CleanPicture) -> Result<Option<Next>> {
        let planned = self.transact(caller, Action::WorkFiles, |tx| tx.file_work().plan(file))?;
        let Some([picture, thumbnail]) = planned else { return Ok(None) };
        match self.files.until(self.store_both(&picture, &thumbnail, clean)) {
            Some(Ok((bytes, thumbnail_bytes))) => Ok(Some(Next {
                state: file.state.cleaned().map_err(Error::unavailable)?,
                // At once: the upload's own object is to be removed.
                when: When::Now,
                renditions: Some(Renditions {
                    picture: picture.name,
                    kind: clean.kind,
                    bytes,
                    thumbnail: thumbnail.name,
                    thumbnail_kind: clean.thumbnail_kind,
                    thumbnail_bytes,
                    extent: (clean.width, clean.height),
                }),
            })),
            Some(Err(failure)) => content_failed(file, &failure),
            None => Ok(None),
        }
    }

    async fn store_both(
        &self,
        picture: &Blob,
        thumbnail: &Blob,
        clean: &CleanPicture,
    ) -> std::result::Result<(u64, u64), StorageFailure> {
        let storage = &self.files.ports.storage;
        let bytes = storage.store(picture, whole(clean.picture.clone())).await?;
        let thumbnail_bytes = storage.store(thumbnail, whole(clean.thumbnail.clone())).await?;
        Ok((bytes, thumbnail_bytes))
    }

    /// Waits begin when the step has ended: one that took long is not due again at once.
    fn note(&self, caller: &Caller, file: &ClaimedFile, began: Moment, next: Next) -> Result<FilesDone> {
        let Next { state, when, renditions } = next;
        let has_moved = state != file.state;
        let action = match state {
            AttachmentState::Rejected(_) if has_moved => Action::RejectFile,
            AttachmentState::Swept if has_moved => Action::SweepFile,
            _ => Action::WorkFiles,
        };
        let marked = self.transact(caller, action, |tx| {
            let due = when.moment(file, began, tx.now());
            let is_marked = tx.file_work().mark(file, &FileMark { state, due, renditions })?;
            if is_marked && has_moved {
                tell_of(tx, file.id, state)?;
            }
            Ok(is_marked)
        })?;
        let one = |happened: bool| usize::from(marked && happened);
        Ok(FilesDone {
            available: one(state == AttachmentState::Available && has_moved),
            rejected: one(action == Action::RejectFile),
            swept: one(action == Action::SweepFile),
            put_off: one(when == When::Again),
            steps: 1,
        })
    }
}

impl When {
    fn moment(self, file: &ClaimedFile, began: Moment, now: Moment) -> Option<Moment> {
        match self {
            Self::Now => Some(now),
            Self::At(moment) => moment,
            Self::Again => Some(next_look(file.id, file.attempts, now - began, now)),
            Self::AfterFailure => Some(now + FAILED_FOR),
        }
    }
}

/// Tells whoever sees the message of a file that it can be had now, or never will be.
fn tell_of(tx: &mut dyn Tx, file: AttachmentId, state: AttachmentState) -> Result<()> {
    match state {
        AttachmentState::Available | AttachmentState::Rejected(_) | AttachmentState::Failed => {}
        AttachmentState::Reserved
        | AttachmentState::Received
        | AttachmentState::Scanning
        | AttachmentState::Processing
        | AttachmentState::Swept => return Ok(()),
    }
    let Some(place) = tx.file_work().place(file)? else { return Ok(()) };
    tell::side(tx, Audience::Staff, ChangeKind::File, place.thread, None)?;
    if place.is_internal {
        return Ok(());
    }
    tell::side(tx, Audience::Portal, ChangeKind::File, place.thread, None)
}

fn goes(to: std::result::Result<AttachmentState, IllegalStep>, when: When) -> Result<Option<Next>> {
    Ok(Some(Next { state: to.map_err(Error::unavailable)?, when, renditions: None }))
}

fn again(file: &ClaimedFile) -> Result<Option<Next>> {
    goes(Ok(file.state), When::Again)
}

fn fails(file: &ClaimedFile) -> Result<Option<Next>> {
    tracing::error!(file = %file.id, state = file.state.name(), "a file failed");
    goes(file.state.failed(), When::AfterFailure)
}

/// An object that is gone or damaged will not come back by waiting a little; a storage will.
fn content_failed(file: &ClaimedFile, failure: &StorageFailure) -> Result<Option<Next>> {
    tracing::error!(file = %file.id, attempts = file.attempts, %failure, "a file's bytes cannot be had");
    match failure {
        StorageFailure::Missing | StorageFailure::Damaged | StorageFailure::TooLarge => fails(file),
        StorageFailure::BrokeOff | StorageFailure::Unavailable(_) => again(file),
    }
}
