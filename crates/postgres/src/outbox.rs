//! What is to be sent once the transaction has committed.
//!
//! A row is written with the message. `work_due` tells the worker which practices have work before it binds one; a
//! practice that is due already is not written to again, so that a busy one has no hot row. Hence the gate: whoever
//! adds a job holds it, shared, until the commit, and only a worker who gets it alone may put the practice to rest.
//! Without it a worker could find no job, rest, and sleep over one whose transaction began before and commits after.

use crate::closing::NewJob;
use crate::errors::unavailable;
use crate::schema::{outbox, work_due};
use crate::sessions::{ACCOUNT, STAFF};
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Timestamptz};
use threadwell_application::Result;
use threadwell_application::ports::{AccountMail, MailTo, NoticeAudience, Outbox, Recipient, Work};
use threadwell_domain::{MessageId, Moment, ThreadId};
use uuid::Uuid;

/// The code of a job that finds the recipients of a notice.
pub(crate) const NOTICE: i16 = 0;
/// The code of a job that sends one mail.
pub(crate) const MAIL: i16 = 1;
/// The code of a job that sends one mail about an account.
pub(crate) const ACCOUNT_MAIL: i16 = 3;
/// How a job names the address of a link as its recipient.
pub(crate) const LINK_ADDRESS: i16 = 2;
/// The outbox, among the kinds of work that a practice can have due.
const OUTBOX_WORK: i16 = 0;
/// Files, among the kinds of work that a practice can have due.
const FILE_WORK: i16 = 1;

/// The search index, among the kinds of work that a practice can have due.
const SEARCH_WORK: i16 = 2;

/// The number of a kind of work in storage.
pub(crate) const fn work_code(work: Work) -> i16 {
    match work {
        Work::Outbox => OUTBOX_WORK,
        Work::Files => FILE_WORK,
        Work::Search => SEARCH_WORK,
    }
}

/// A practice without due jobs is looked at again after this long, should a wake-up ever be lost.
const LONGEST_REST: Duration = Duration::seconds(30);

#[diesel::declare_sql_function]
extern "SQL" {
    /// Takes an advisory lock beside others until the transaction ends.
    fn pg_advisory_xact_lock_shared(key: BigInt) -> diesel::sql_types::Text;
    /// Takes an advisory lock until the transaction ends, if it is free.
    fn pg_try_advisory_xact_lock(key: BigInt) -> Bool;
    /// The later of two times; the first where there is no second.
    fn greatest(due: Timestamptz, lease: Nullable<Timestamptz>) -> Timestamptz;
}

impl Outbox for PgTransaction<'_> {
    fn notify(&mut self, audience: NoticeAudience, thread: ThreadId) -> Result<()> {
        let audience = match audience {
            NoticeAudience::Patient => 0,
            NoticeAudience::Staff => 1,
        };
        self.add_job(NOTICE, thread, Some(audience), None);
        self.wake(Work::Outbox);
        Ok(())
    }

    fn account_mail(&mut self, mail: AccountMail, to: MailTo, link: Option<Uuid>) -> Result<()> {
        let (recipient_kind, recipient_id) = match to {
            MailTo::Person(recipient) => person(recipient),
            MailTo::LinkAddress(link) => (LINK_ADDRESS, link),
        };
        self.pass_gate(Work::Outbox)?;
        diesel::insert_into(outbox::table)
            .values((
                outbox::tenant_id.eq(self.tenant_id()),
                outbox::id.eq(self.new_id()),
                outbox::kind.eq(ACCOUNT_MAIL),
                outbox::recipient_kind.eq(recipient_kind),
                outbox::recipient_id.eq(recipient_id),
                outbox::template.eq(mail.code()),
                outbox::link_id.eq(link),
                outbox::created_at.eq(self.now),
                outbox::due_at.eq(self.now),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.wake(Work::Outbox);
        Ok(())
    }
}

impl PgTransaction<'_> {
    /// Adds a mail to somebody about a thread. The caller wakes the worker.
    pub(crate) fn add_mail(&mut self, recipient: Recipient, thread: ThreadId) {
        self.add_job(MAIL, thread, None, Some(person(recipient)));
    }

    /// Asks for a message to be indexed, and wakes who does it.
    pub(crate) fn index_later(&mut self, thread: ThreadId, message: MessageId) {
        let (gate, id) = (self.gate(Work::Search), self.new_id());
        self.closing.add_index_job(self.tenant, gate, id, (thread, message), self.now);
        self.wake(Work::Search);
    }

    /// Says that the practice has work now, unless that is known already.
    pub(crate) fn wake(&mut self, work: Work) {
        self.closing.wake_worker(self.tenant, work_code(work), self.now);
    }

    /// Says when the practice has work next, unless somebody is just adding some: then it stays due.
    pub(crate) fn put_to_rest(&mut self) -> Result<()> {
        if !self.is_alone_at(Work::Outbox)? {
            return Ok(());
        }
        let next = outbox::table
            .filter(outbox::tenant_id.eq(self.tenant_id()))
            .filter(outbox::done_at.is_null())
            .filter(outbox::dead_at.is_null())
            .filter(is_mail_work())
            .select(diesel::dsl::min(greatest(outbox::due_at, outbox::lease_until)))
            .first::<Option<Moment>>(self.conn)
            .map_err(unavailable)?;
        self.rest_until(Work::Outbox, next)
    }

    /// Whether nobody is just adding work; if so, nobody can until the transaction ends.
    pub(crate) fn is_alone_at(&mut self, work: Work) -> Result<bool> {
        diesel::select(pg_try_advisory_xact_lock(self.gate(work))).get_result(self.conn).map_err(unavailable)
    }

    /// Passes the gate of a kind of work, as whoever adds some does before.
    pub(crate) fn pass_gate(&mut self, work: Work) -> Result<()> {
        diesel::select(pg_advisory_xact_lock_shared(self.gate(work)))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    /// Says when the practice has work of a kind next.
    pub(crate) fn rest_until(&mut self, work: Work, next: Option<Moment>) -> Result<()> {
        let latest = self.now + LONGEST_REST;
        diesel::update(work_due::table)
            .filter(work_due::tenant_id.eq(self.tenant_id()))
            .filter(work_due::kind.eq(work_code(work)))
            .set(work_due::due_at.eq(next.map_or(latest, |next| next.min(latest))))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    fn add_job(
        &mut self,
        kind: i16,
        thread: ThreadId,
        audience: Option<i16>,
        recipient: Option<(i16, Uuid)>,
    ) {
        let job =
            NewJob { gate: self.gate(Work::Outbox), id: self.new_id(), kind, audience, recipient, thread };
        self.closing.add_job(self.tenant, &job, self.now);
    }

    /// The key of the practice's advisory lock for a kind of work. Two practices that share one now and then wait for each other.
    fn gate(&self, work: Work) -> i64 {
        let (high, low) = self.tenant_id().as_u64_pair();
        let kind = match work {
            Work::Outbox => 0x6f75_7462_6f78,
            Work::Files => 0x6669_6c65_7300,
            Work::Search => 0x7365_6172_6368,
        };
        (high ^ low.rotate_left(17) ^ kind).cast_signed()
    }
}

/// The jobs of the outbox but those of the search index, which has a worker of its own. Said as a constant, so that a
/// generic plan can use the partial index.
pub(crate) fn is_mail_work() -> diesel::expression::SqlLiteral<Bool> {
    diesel::dsl::sql("kind <> 2")
}

/// How rows name a person.
pub(crate) const fn person(recipient: Recipient) -> (i16, Uuid) {
    match recipient {
        Recipient::Staff(id) => (STAFF, id.uuid()),
        Recipient::Account(id) => (ACCOUNT, id.uuid()),
    }
}
