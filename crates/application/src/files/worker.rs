//! Scanning, writing anew, sweeping: one step of one file after the other.
//!
//! Each step ends in a transaction that checks the fence, so that of two workers one counts. Objects are noted before
//! they are written and removed only after nothing names them any more: a worker can be killed at any point, and the
//! next one goes on from the row.

use super::backoff::{FAILED_FOR, next_look};
use super::waiting::Waiting;
use super::whole;
use crate::access::{Access, Action, Caller};
use crate::ports::{
    Blob, ClaimedFile, CleanPicture, FileMark, InspectionFailure, Renditions, ScanFailure, ScanVerdict,
    StorageFailure, Store, Tx, Work,
};
use crate::{Error, Result};
use chrono::Duration;
use std::thread;
use threadwell_domain::attachment::{AttachmentState, ContentRefusal, IllegalStep};
use threadwell_domain::{Moment, TenantId};

/// After so many tries an inspector that does not work makes a file fail.
const TRIES: i32 = 8;

/// What one pass did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FilesDone {
    /// Files that became available.
    pub available: usize,
    /// Files that were refused.
    pub rejected: usize,
    /// Uploads that were swept.
    pub swept: usize,
    /// Steps that will be tried again.
    pub put_off: usize,
    /// Further steps.
    pub steps: usize,
}

impl FilesDone {
    const fn plus(self, other: Self) -> Self {
        Self {
            available: self.available + other.available,
            rejected: self.rejected + other.rejected,
            swept: self.swept + other.swept,
            put_off: self.put_off + other.put_off,
            steps: self.steps + other.steps,
        }
    }

    /// Whether anything was there to do.
    pub const fn is_empty(self) -> bool {
        self.available + self.rejected + self.swept + self.put_off + self.steps == 0
    }
}

/// Works the files of all practices, tenant by tenant. Several may run at once, here and on other machines.
#[derive(Clone, Copy)]
pub struct FileWorker<'a> {
    /// Where the rows are.
    pub store: &'a dyn Store,
    /// Where the bytes are, and who looks into them.
    pub files: Waiting<'a>,
    /// How long a claimed file stays in this worker's hands; longer than any step takes.
    pub lease: Duration,
    /// How many files are worked on at once.
    pub batch: i64,
}

impl std::fmt::Debug for FileWorker<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileWorker")
            .field("lease", &self.lease)
            .field("batch", &self.batch)
            .finish_non_exhaustive()
    }
}

/// What comes of a step: where the file goes and when to look at it next, or only the latter.
enum Next {
    Goes(FileMark),
    Waits(Moment),
    /// Somebody else has the file by now.
    Lost,
}

impl FileWorker<'_> {
    /// Does everything that is due now, in every practice. A practice that fails does not hold up the others.
    ///
    /// # Errors
    /// The list of practices cannot be had.
    pub fn run_due(&self, now: Moment) -> Result<FilesDone> {
        let mut total = FilesDone::default();
        for tenant in self.store.practices_with_due_work(Work::Files, now)? {
            match self.run_practice(tenant) {
                Ok(done) => total = total.plus(done),
                Err(error) => tracing::error!(%tenant, %error, "the files of a practice failed"),
            }
        }
        Ok(total)
    }

    fn run_practice(&self, tenant: TenantId) -> Result<FilesDone> {
        let caller = Caller::worker_of(tenant);
        let mut total = FilesDone::default();
        loop {
            let files = self.transact(&caller, Action::WorkFiles, |tx| {
                let files = tx.file_work().claim_due(self.batch, self.lease)?;
                if files.is_empty() {
                    tx.file_work().rest()?;
                }
                Ok(files)
            })?;
            if files.is_empty() {
                return Ok(total);
            }
            total = total.plus(self.work_off(&caller, &files));
        }
    }

    fn work_off(&self, caller: &Caller, files: &[ClaimedFile]) -> FilesDone {
        thread::scope(|scope| {
            let running: Vec<_> =
                files.iter().map(|file| scope.spawn(move || self.work_one(caller, file))).collect();
            running
                .into_iter()
                .map(|one| one.join().unwrap_or_default())
                .fold(FilesDone::default(), FilesDone::plus)
        })
    }

    /// A file that fails here keeps its lease and comes back when the lease has run out.
    fn work_one(&self, caller: &Caller, file: &ClaimedFile) -> FilesDone {
        self.step(caller, file).unwrap_or_else(|error| {
            tracing::error!(file = %file.id, %error, "a step of a file failed");
            FilesDone::default()
        })
    }

    fn step(&self, caller: &Caller, file: &ClaimedFile) -> Result<FilesDone> {
        let now = self.now(caller)?;
        if !self.remove_stale(caller, file)? {
            let later = next_look(file.id, file.attempts, now);
            return self.note(caller, file, Next::Waits(later));
        }
        let next = match file.state {
            AttachmentState::Scanning => self.scan(file, now)?,
            AttachmentState::Processing => self.clean(caller, file, now)?,
            AttachmentState::Failed => goes(file.state.retried(), Some(now))?,
            AttachmentState::Reserved
            | AttachmentState::Received
            | AttachmentState::Available
            | AttachmentState::Rejected(_)
            | AttachmentState::Swept => match file.state.due(file.created_at, file.is_claimed) {
                Some(due) if due <= now => goes(file.state.swept(), Some(now))?,
                due => goes(Ok(file.state), due)?,
            },
        };
        self.note(caller, file, next)
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

    fn scan(&self, file: &ClaimedFile, now: Moment) -> Result<Next> {
        let Some(object) = &file.object else { return fails(file, now) };
        let ports = self.files.ports;
        let scanned = self.files.until(async {
            let content = ports.storage.open(&object.blob, object.bytes, 0..object.bytes).await;
            ports.scanner.scan(content.map_err(ScanFailure::Content)?).await
        });
        match scanned {
            Some(Ok(ScanVerdict::Clean)) => {
                let to = file.state.passed(file.kind);
                let due = match to {
                    Ok(AttachmentState::Processing) | Err(_) => Some(now),
                    Ok(state) => state.due(file.created_at, file.is_claimed),
                };
                goes(to, due)
            }
            Some(Ok(ScanVerdict::Malware { signature })) => {
                tracing::warn!(file = %file.id, signature, "malware was found");
                goes(file.state.rejected(ContentRefusal::Malware), Some(now))
            }
            Some(Err(ScanFailure::Content(failure))) => content_failed(file, &failure, now),
            Some(Err(failure @ ScanFailure::Unavailable(_))) => {
                tracing::warn!(file = %file.id, attempts = file.attempts, %failure, "a file waits for the scanner");
                Ok(Next::Waits(next_look(file.id, file.attempts, now)))
            }
            None => Ok(Next::Lost),
        }
    }

    fn clean(&self, caller: &Caller, file: &ClaimedFile, now: Moment) -> Result<Next> {
        let Some(object) = &file.object else { return fails(file, now) };
        let ports = self.files.ports;
        let cleaned = self.files.until(async {
            let content = ports.storage.open(&object.blob, object.bytes, 0..object.bytes).await;
            ports.inspector.clean(file.kind, content.map_err(InspectionFailure::Content)?).await
        });
        match cleaned {
            Some(Ok(picture)) => self.keep(caller, file, &picture, now),
            Some(Err(InspectionFailure::Refused(refusal))) => goes(file.state.rejected(refusal), Some(now)),
            Some(Err(InspectionFailure::Content(failure))) => content_failed(file, &failure, now),
            Some(Err(failure @ InspectionFailure::Unavailable(_))) => {
                tracing::error!(file = %file.id, attempts = file.attempts, %failure, "a picture cannot be cleaned");
                if file.attempts >= TRIES {
                    return fails(file, now);
                }
                Ok(Next::Waits(next_look(file.id, file.attempts, now)))
            }
            None => Ok(Next::Lost),
        }
    }

    fn keep(&self, caller: &Caller, file: &ClaimedFile, clean: &CleanPicture, now: Moment) -> Result<Next> {
        let planned = self.transact(caller, Action::WorkFiles, |tx| tx.file_work().plan(file))?;
        let Some([picture, thumbnail]) = planned else { return Ok(Next::Lost) };
        let stored = self.files.until(self.store_both(&picture, &thumbnail, clean));
        match stored {
            Some(Ok((bytes, thumbnail_bytes))) => {
                let state = file.state.cleaned().map_err(Error::unavailable)?;
                Ok(Next::Goes(FileMark {
                    state,
                    // At once: the upload's own object is to be removed.
                    due: Some(now),
                    renditions: Some(Renditions {
                        picture: picture.name,
                        kind: clean.kind,
                        bytes,
                        thumbnail: thumbnail.name,
                        thumbnail_kind: clean.thumbnail_kind,
                        thumbnail_bytes,
                        extent: (clean.width, clean.height),
                    }),
                }))
            }
            Some(Err(failure)) => content_failed(file, &failure, now),
            None => Ok(Next::Lost),
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

    fn note(&self, caller: &Caller, file: &ClaimedFile, next: Next) -> Result<FilesDone> {
        let (mark, is_put_off) = match next {
            Next::Goes(mark) => (mark, false),
            Next::Waits(at) => (FileMark { state: file.state, due: Some(at), renditions: None }, true),
            Next::Lost => return Ok(FilesDone::default()),
        };
        let action = match mark.state {
            AttachmentState::Rejected(_) if mark.state != file.state => Action::RejectFile,
            AttachmentState::Swept if mark.state != file.state => Action::SweepFile,
            _ => Action::WorkFiles,
        };
        let marked = self.transact(caller, action, |tx| tx.file_work().mark(file, &mark))?;
        let one = |happened: bool| usize::from(marked && happened);
        Ok(FilesDone {
            available: one(mark.state == AttachmentState::Available && file.state != mark.state),
            rejected: one(action == Action::RejectFile),
            swept: one(action == Action::SweepFile),
            put_off: one(is_put_off),
            steps: 1,
        })
    }

    fn now(&self, caller: &Caller) -> Result<Moment> {
        self.transact(caller, Action::WorkFiles, |tx| Ok(tx.now()))
    }

    fn transact<T>(
        &self,
        caller: &Caller,
        action: Action,
        work: impl FnOnce(&mut dyn Tx) -> Result<T>,
    ) -> Result<T> {
        self.store.transact(&Access::to(caller, action), work)
    }
}

fn goes(to: std::result::Result<AttachmentState, IllegalStep>, due: Option<Moment>) -> Result<Next> {
    let state = to.map_err(Error::unavailable)?;
    Ok(Next::Goes(FileMark { state, due, renditions: None }))
}

fn fails(file: &ClaimedFile, now: Moment) -> Result<Next> {
    tracing::error!(file = %file.id, state = file.state.name(), "a file failed");
    goes(file.state.failed(), Some(now + FAILED_FOR))
}

/// An object that is gone or damaged will not come back by waiting a little; a storage will.
fn content_failed(file: &ClaimedFile, failure: &StorageFailure, now: Moment) -> Result<Next> {
    tracing::error!(file = %file.id, attempts = file.attempts, %failure, "a file's bytes cannot be had");
    match failure {
        StorageFailure::Missing | StorageFailure::Damaged | StorageFailure::TooLarge => fails(file, now),
        StorageFailure::BrokeOff | StorageFailure::Unavailable(_) => {
            Ok(Next::Waits(next_look(file.id, file.attempts, now)))
        }
    }
}
