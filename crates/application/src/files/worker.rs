//! Taking turns: a few files of one practice, then of the next, until nothing is due or somebody says stop.

use super::done::FilesDone;
use super::waiting::Waiting;
use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{ClaimedFile, Clock, Store, Tx, Work};
use chrono::Duration;
use std::thread;
use threadwell_domain::TenantId;

/// Works the files of all practices. Several may run at once, here and on other machines.
#[derive(Clone, Copy)]
pub struct FileWorker<'a> {
    /// Where the rows are.
    pub store: &'a dyn Store,
    /// The time.
    pub clock: &'a dyn Clock,
    /// Where the bytes are, and who looks into them.
    pub files: Waiting<'a>,
    /// Says that no further step is to be begun.
    pub is_stopped: &'a (dyn Fn() -> bool + Sync),
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

impl FileWorker<'_> {
    /// Does what is due, practice by practice in turns, until a pass finds nothing more or it is told to stop. A
    /// practice that fails, or whose files take long, does not hold up the others.
    ///
    /// # Errors
    /// The list of practices cannot be had.
    pub fn run_due(&self) -> Result<FilesDone> {
        let (mut total, mut failed) = (FilesDone::default(), Vec::new());
        loop {
            let Some(done) = self.pass(&mut failed)? else { return Ok(total) };
            total = total.plus(done);
        }
    }

    /// One turn of every practice that has something due. `None` if none had, or none may have one any more.
    fn pass(&self, failed: &mut Vec<TenantId>) -> Result<Option<FilesDone>> {
        let mut total: Option<FilesDone> = None;
        for tenant in self.store.practices_with_due_work(Work::Files, self.clock.now())? {
            if failed.contains(&tenant) {
                continue;
            }
            if (self.is_stopped)() {
                break;
            }
            match self.turn_of(tenant) {
                Ok(None) => {}
                Ok(Some(done)) => total = Some(total.unwrap_or_default().plus(done)),
                Err(error) => {
                    tracing::error!(%tenant, %error, "the files of a practice failed");
                    failed.push(tenant);
                }
            }
        }
        Ok(total)
    }

    /// One step of a few files. `None` if the practice has none due and was put to rest.
    fn turn_of(&self, tenant: TenantId) -> Result<Option<FilesDone>> {
        let caller = Caller::worker_of(tenant);
        let files = self.transact(&caller, Action::WorkFiles, |tx| {
            let files = tx.file_work().claim_due(self.batch, self.lease)?;
            if files.is_empty() {
                tx.file_work().rest()?;
            }
            Ok(files)
        })?;
        Ok((!files.is_empty()).then(|| self.work_off(&caller, &files)))
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

    pub(super) fn transact<T>(
        &self,
        caller: &Caller,
        action: Action,
        work: impl FnOnce(&mut dyn Tx) -> Result<T>,
    ) -> Result<T> {
        self.store.transact(&Access::to(caller, action), work)
    }
}
