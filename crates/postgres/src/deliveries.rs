//! The worker's side of the outbox, one practice at a time.

mod recipients;

use crate::errors::{corrupt, unavailable};
use crate::outbox::{MAIL, NOTICE, is_mail_work};
use crate::schema::{outbox, portal_account, staff_user, tenant};
use crate::sessions::{ACCOUNT, STAFF};
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::{
    ClaimedJob, Deliveries, Job, JobKind, MailAddress, NoticeAudience, Readable, Recipient, Work,
};
use threadwell_domain::{AccountId, Moment, Phi, StaffId, ThreadId};
use uuid::Uuid;

/// Staff have no language of their own yet.
const STAFF_LANGUAGE: &str = "en";
/// What is kept of the reason of a failure, in characters.
const REASON_LIMIT: usize = 200;

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox, check_for_backend(diesel::pg::Pg))]
struct JobRow {
    id: Uuid,
    kind: i16,
    audience: Option<i16>,
    recipient_kind: Option<i16>,
    recipient_id: Option<Uuid>,
    thread_id: Uuid,
    created_at: Moment,
    due_at: Moment,
    attempts: i32,
    fence: i32,
}

/// The job, if it is open and the worker with this fence still has it.
#[diesel::dsl::auto_type(no_type_alias)]
fn held(tenant: Uuid, job: Uuid, fence: i32) -> _ {
    outbox::tenant_id
        .eq(tenant)
        .and(outbox::id.eq(job))
        .and(outbox::fence.eq(fence))
        .and(outbox::done_at.is_null())
        .and(outbox::dead_at.is_null())
}

impl Deliveries for PgTransaction<'_> {
    fn claim(&mut self, limit: i64, lease: Duration) -> Result<Vec<ClaimedJob>> {
        let tenant = self.tenant_id();
        let unleased = outbox::lease_until.is_null().or(outbox::lease_until.le(self.now).assume_not_null());
        let due = outbox::table
            .filter(outbox::tenant_id.eq(tenant))
            .filter(outbox::done_at.is_null())
            .filter(outbox::dead_at.is_null())
            .filter(is_mail_work())
            .filter(outbox::due_at.le(self.now))
            .filter(unleased)
            .order((outbox::due_at, outbox::id))
            .limit(limit)
            .select(outbox::id)
            .for_update()
            .skip_locked()
            .load::<Uuid>(self.conn)
            .map_err(unavailable)?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows: Vec<JobRow> = diesel::update(outbox::table)
            .filter(outbox::tenant_id.eq(tenant))
            .filter(outbox::id.eq_any(due))
            .set((
                outbox::lease_until.eq(self.now + lease),
                outbox::fence.eq(outbox::fence + 1),
                outbox::attempts.eq(outbox::attempts + 1),
            ))
            .returning(JobRow::as_returning())
            .load(self.conn)
            .map_err(unavailable)?;
        rows.sort_by_key(|row| (row.due_at, row.id));
        rows.iter().map(JobRow::claimed).collect()
    }

    fn expand_notice(&mut self, job: &ClaimedJob, audience: NoticeAudience) -> Result<usize> {
        if !self.done(job)? {
            return Ok(0);
        }
        let Some(thread) = self.noticed_thread(job.job.thread)? else { return Ok(0) };
        let (recipients, up_to) = match audience {
            NoticeAudience::Patient => (self.portal_readers(&thread)?, thread.last_staff_seq),
            NoticeAudience::Staff => (self.staff_on_duty(&thread)?, thread.last_patient_seq),
        };
        let mut mails = 0;
        for recipient in recipients {
            if self.begin_unread_stretch(recipient, thread.id, up_to)? {
                self.add_mail(recipient, thread.id);
                mails += 1;
            }
        }
        if mails > 0 {
            self.wake(Work::Outbox);
        }
        Ok(mails)
    }

    fn address_of(&mut self, recipient: Recipient, thread: ThreadId) -> Result<Option<MailAddress>> {
        let Some(thread) = self.noticed_thread(thread)? else { return Ok(None) };
        match recipient {
            Recipient::Staff(id) => {
                let able = self.able_staff(&[id.uuid()], thread.category)?;
                if able.iter().any(|one| one.is_mail_on) { self.staff_address(id) } else { Ok(None) }
            }
            Recipient::Account(id) => {
                let readers = self.portal_readers(&thread)?;
                if readers.contains(&recipient) { self.account_address(id) } else { Ok(None) }
            }
        }
    }

    fn done(&mut self, job: &ClaimedJob) -> Result<bool> {
        let marked = diesel::update(outbox::table)
            .filter(held(self.tenant_id(), job.job.id, job.fence))
            .set((outbox::done_at.eq(self.now), outbox::lease_until.eq(None::<Moment>)))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(marked == 1)
    }

    fn retry(&mut self, job: &ClaimedJob, at: Moment, reason: &str) -> Result<bool> {
        let marked = diesel::update(outbox::table)
            .filter(held(self.tenant_id(), job.job.id, job.fence))
            .set((
                outbox::due_at.eq(at),
                outbox::lease_until.eq(None::<Moment>),
                outbox::last_reason.eq(shortened(reason)),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(marked == 1)
    }

    fn bury(&mut self, job: &ClaimedJob, reason: &str) -> Result<bool> {
        let marked = diesel::update(outbox::table)
            .filter(held(self.tenant_id(), job.job.id, job.fence))
            .set((
                outbox::dead_at.eq(self.now),
                outbox::lease_until.eq(None::<Moment>),
                outbox::last_reason.eq(shortened(reason)),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(marked == 1)
    }

    fn rest(&mut self) -> Result<()> {
        self.put_to_rest()
    }
}

impl PgTransaction<'_> {
    fn staff_address(&mut self, id: StaffId) -> Result<Option<MailAddress>> {
        let sealed = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::id.eq(id.uuid()))
            .select(staff_user::email_enc)
            .first::<Vec<u8>>(self.conn)
            .map_err(unavailable)?;
        let email = self.keys()?.open("staff_user", "email_enc", id.uuid(), &sealed);
        let (practice_slug, _) = self.greeting()?;
        let language = STAFF_LANGUAGE.to_owned();
        Ok(intact(email).map(|email| MailAddress { email, language, practice_slug, first_name: None }))
    }

    fn account_address(&mut self, id: AccountId) -> Result<Option<MailAddress>> {
        let (email, name, language) = portal_account::table
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::id.eq(id.uuid()))
            .select((portal_account::email_enc, portal_account::full_name_enc, portal_account::language))
            .first::<(Vec<u8>, Vec<u8>, String)>(self.conn)
            .map_err(unavailable)?;
        let keys = self.keys()?;
        let (practice_slug, greets_by_name) = self.greeting()?;
        let first_name = if greets_by_name {
            intact(keys.open("portal_account", "full_name_enc", id.uuid(), &name))
                .and_then(|name| first_word(&name))
        } else {
            None
        };
        let email = intact(keys.open("portal_account", "email_enc", id.uuid(), &email));
        Ok(email.map(|email| MailAddress { email, language, practice_slug, first_name }))
    }

    /// The practice's public code, and whether its mails greet patients by name.
    fn greeting(&mut self) -> Result<(String, bool)> {
        tenant::table
            .filter(tenant::id.eq(self.tenant_id()))
            .select((tenant::slug, tenant::mail_greets_by_name))
            .first(self.conn)
            .map_err(unavailable)
    }
}

impl JobRow {
    fn claimed(&self) -> Result<ClaimedJob> {
        let kind = match (self.kind, self.audience, self.recipient_kind, self.recipient_id) {
            (NOTICE, Some(0), _, _) => JobKind::Notice(NoticeAudience::Patient),
            (NOTICE, Some(1), _, _) => JobKind::Notice(NoticeAudience::Staff),
            (MAIL, _, Some(STAFF), Some(id)) => JobKind::Mail(Recipient::Staff(StaffId::new(id))),
            (MAIL, _, Some(ACCOUNT), Some(id)) => JobKind::Mail(Recipient::Account(AccountId::new(id))),
            _ => return Err(corrupt("outbox", "kind", self.id)),
        };
        let job = Job {
            id: self.id,
            kind,
            thread: ThreadId::new(self.thread_id),
            attempts: self.attempts - 1,
            created_at: self.created_at,
        };
        Ok(ClaimedJob { job, fence: self.fence })
    }
}

/// An address that cannot be read was reported where it was opened; nobody can be written to at it.
fn intact(text: Readable) -> Option<Phi> {
    match text {
        Readable::Intact(text) => Some(text),
        Readable::Unreadable => None,
    }
}

fn first_word(name: &Phi) -> Option<Phi> {
    name.expose().split_whitespace().next().map(Phi::new)
}

fn shortened(reason: &str) -> String {
    reason.chars().take(REASON_LIMIT).collect()
}
