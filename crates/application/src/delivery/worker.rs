//! Claiming, sending and marking.

use super::account_texts::account_mail;
use super::backoff::next_try;
use super::templates::{Links, notice};
use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::accounts::identify;
use crate::ports::{
    AccountMail, ClaimedJob, DeliveryFailure, JobKind, MailAddress, MailTo, OutgoingMail, Store, Work,
};
use chrono::Duration;
use std::thread;
use threadwell_domain::{Moment, TenantId};
use uuid::Uuid;

/// Hands one mail over, and says what became of it. Blocks its thread while it does.
pub type SendMail<'a> = dyn Fn(&OutgoingMail) -> std::result::Result<(), DeliveryFailure> + Sync + 'a;

/// The text of the secret that a mail about an account brings, of a practice's link.
pub type MailSecrets<'a> = dyn Fn(&Caller, AccountMail, Uuid) -> Result<String> + Sync + 'a;

/// A mail about an account: what, to whom, with which link.
type AccountJob = (AccountMail, MailTo, Option<Uuid>);

/// What one pass did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Delivered {
    /// Notices whose recipients were found.
    pub notices: usize,
    /// Mails that the other side took.
    pub sent: usize,
    /// Mails put back until later.
    pub retried: usize,
    /// Mails given up, and those whose recipient no longer wants or may have them.
    pub dropped: usize,
}

impl Delivered {
    const fn plus(self, other: Self) -> Self {
        Self {
            notices: self.notices + other.notices,
            sent: self.sent + other.sent,
            retried: self.retried + other.retried,
            dropped: self.dropped + other.dropped,
        }
    }

    /// Whether anything was there to do.
    pub const fn is_empty(self) -> bool {
        self.notices + self.sent + self.retried + self.dropped == 0
    }
}

/// Works the outboxes of all practices, tenant by tenant. Several may run at once, here and on other machines.
pub struct Worker<'a> {
    /// Where the outbox is.
    pub store: &'a dyn Store,
    /// Sends a mail.
    pub send: &'a SendMail<'a>,
    /// What mails link to.
    pub links: Links,
    /// Makes the secret again that a mail about an account brings: a link's, or the digits of a code.
    pub secrets: &'a MailSecrets<'a>,
    /// How long a claimed job stays in this worker's hands; longer than any try to send.
    pub lease: Duration,
    /// How many jobs are claimed at once; their mails go out side by side, so that one that hangs holds up
    /// no other.
    pub batch: i64,
}

impl std::fmt::Debug for Worker<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker")
            .field("lease", &self.lease)
            .field("batch", &self.batch)
            .finish_non_exhaustive()
    }
}

impl Worker<'_> {
    /// Does everything that is due now, in every practice. A practice that fails does not hold up the others.
    ///
    /// # Errors
    /// The list of practices cannot be had.
    pub fn run_due(&self, now: Moment) -> Result<Delivered> {
        let mut total = Delivered::default();
        for tenant in self.store.practices_with_due_work(Work::Outbox, now)? {
            match self.run_practice(tenant) {
                Ok(done) => total = total.plus(done),
                Err(error) => tracing::error!(%tenant, %error, "the outbox of a practice failed"),
            }
        }
        Ok(total)
    }

    fn run_practice(&self, tenant: TenantId) -> Result<Delivered> {
        let caller = Caller::worker_of(tenant);
        let mut total = Delivered::default();
        loop {
            let jobs = self.in_transaction(&caller, |tx| {
                let jobs = tx.deliveries().claim(self.batch, self.lease)?;
                if jobs.is_empty() {
                    tx.deliveries().rest()?;
                }
                Ok(jobs)
            })?;
            if jobs.is_empty() {
                return Ok(total);
            }
            total = total.plus(self.work_off(&caller, &jobs));
        }
    }

    fn work_off(&self, caller: &Caller, jobs: &[ClaimedJob]) -> Delivered {
        thread::scope(|scope| {
            let running: Vec<_> =
                jobs.iter().map(|job| scope.spawn(move || self.work_one(caller, job))).collect();
            running
                .into_iter()
                .map(|one| one.join().unwrap_or_default())
                .fold(Delivered::default(), Delivered::plus)
        })
    }

    /// A job that fails here keeps its lease and comes back when the lease has run out.
    fn work_one(&self, caller: &Caller, job: &ClaimedJob) -> Delivered {
        let outcome = match job.job.kind {
            JobKind::Notice(audience, thread) => self
                .in_transaction(caller, |tx| tx.deliveries().expand_notice(job, audience, thread))
                .map(|_| Delivered { notices: 1, ..Delivered::default() }),
            JobKind::Mail(recipient, thread) => self.mail(
                caller,
                job,
                |tx| tx.deliveries().address_of(recipient, thread),
                |address| Ok(notice(job.job.id, recipient, address, &self.links)),
            ),
            JobKind::Account(what, to, link) => self.account_mail(caller, job, (what, to, link)),
        };
        outcome.unwrap_or_else(|error| {
            tracing::error!(job = %job.job.id, %error, "a job of the outbox failed");
            Delivered::default()
        })
    }

    /// Whom a stranger asked about is found out here, where nobody waits for the answer.
    fn account_mail(&self, caller: &Caller, job: &ClaimedJob, asked: AccountJob) -> Result<Delivered> {
        let decided = match asked {
            (
                AccountMail::PasswordReset | AccountMail::ActivationCode,
                MailTo::LinkAddress(link),
                Some(_),
            ) => identify(self.store, caller, link)?,
            known => Some(known),
        };
        let Some((what, to, link)) = decided else { return self.drop_job(caller, job) };
        self.mail(
            caller,
            job,
            |tx| tx.deliveries().account_address_of(to, link),
            |address| {
                let secrets = link.map(|link| (self.secrets)(caller, what, link)).transpose()?;
                Ok(account_mail(job.job.id, what, to, address, (&self.links, secrets.as_deref())))
            },
        )
    }

    fn drop_job(&self, caller: &Caller, job: &ClaimedJob) -> Result<Delivered> {
        self.in_transaction(caller, |tx| tx.deliveries().done(job))?;
        Ok(Delivered { dropped: 1, ..Delivered::default() })
    }

    fn mail(
        &self,
        caller: &Caller,
        job: &ClaimedJob,
        find: impl FnOnce(&mut dyn crate::ports::Tx) -> Result<Option<MailAddress>>,
        write: impl FnOnce(&MailAddress) -> Result<OutgoingMail>,
    ) -> Result<Delivered> {
        let Some(address) = self.in_transaction(caller, find)? else {
            return self.drop_job(caller, job);
        };
        let mail = write(&address)?;
        match (self.send)(&mail) {
            Ok(()) => {
                self.in_transaction(caller, |tx| tx.deliveries().done(job))?;
                Ok(Delivered { sent: 1, ..Delivered::default() })
            }
            Err(failure) => self.failed(caller, job, &failure),
        }
    }

    fn failed(&self, caller: &Caller, job: &ClaimedJob, failure: &DeliveryFailure) -> Result<Delivered> {
        self.in_transaction(caller, |tx| {
            let again = match failure {
                DeliveryFailure::Temporary { .. } => {
                    next_try(job.job.id, job.job.attempts, job.job.created_at, tx.now())
                }
                DeliveryFailure::Permanent { .. } => None,
            };
            match again {
                Some(at) => {
                    tracing::warn!(job = %job.job.id, attempts = job.job.attempts, %failure, "a mail will be tried again");
                    tx.deliveries().retry(job, at, &failure.to_string())?;
                    Ok(Delivered { retried: 1, ..Delivered::default() })
                }
                None => {
                    tracing::error!(job = %job.job.id, attempts = job.job.attempts, %failure, "a mail was given up");
                    tx.deliveries().bury(job, &failure.to_string())?;
                    Ok(Delivered { dropped: 1, ..Delivered::default() })
                }
            }
        })
    }

    fn in_transaction<T>(
        &self,
        caller: &Caller,
        work: impl FnOnce(&mut dyn crate::ports::Tx) -> Result<T>,
    ) -> Result<T> {
        self.store.transact(&Access::to(caller, Action::Deliver), work)
    }
}
