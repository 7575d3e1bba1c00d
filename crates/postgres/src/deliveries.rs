//! The worker's side of the outbox, one practice at a time.

mod recipients;

use crate::errors::{corrupt, unavailable};
use crate::outbox::{ACCOUNT_MAIL, LINK_ADDRESS, MAIL, NOTICE, is_mail_work};
use crate::schema::{account_link, outbox, patient, portal_account, staff_user, tenant};
use crate::sessions::{ACCOUNT, STAFF};
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::{
    AccountMail, ClaimedJob, Deliveries, Job, JobKind, MailAddress, MailTo, NoticeAudience, Readable,
    Recipient, Work,
};
use threadwell_domain::{AccountId, Moment, Phi, StaffId, ThreadId};
use uuid::Uuid;

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
    thread_id: Option<Uuid>,
    template: Option<i16>,
    link_id: Option<Uuid>,
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

    fn expand_notice(
        &mut self,
        job: &ClaimedJob,
        audience: NoticeAudience,
        thread: ThreadId,
    ) -> Result<usize> {
        if !self.done(job)? {
            return Ok(0);
        }
        let Some(thread) = self.noticed_thread(thread)? else { return Ok(0) };
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

    fn account_address_of(&mut self, to: MailTo, link: Option<Uuid>) -> Result<Option<MailAddress>> {
        if let Some(link) = link
            && !self.is_link_good(link)?
        {
            return Ok(None);
        }
        match to {
            MailTo::Person(Recipient::Staff(id)) => {
                if self.is_staff_active(id)? {
                    self.staff_address(id)
                } else {
                    Ok(None)
                }
            }
            MailTo::Person(Recipient::Account(id)) => {
                if self.is_active_account(id)? {
                    self.account_address(id)
                } else {
                    Ok(None)
                }
            }
            MailTo::LinkAddress(link) => self.link_address(link),
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
        let (sealed, language) = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::id.eq(id.uuid()))
            .select((staff_user::email_enc, staff_user::language))
            .first::<(Vec<u8>, String)>(self.conn)
            .map_err(unavailable)?;
        let email = self.keys()?.open("staff_user", "email_enc", id.uuid(), &sealed);
        let (practice_slug, practice_name, _) = self.greeting()?;
        let first_name = None;
        Ok(intact(email).map(|email| MailAddress {
            email,
            language,
            practice_slug,
            practice_name,
            first_name,
        }))
    }

    fn account_address(&mut self, id: AccountId) -> Result<Option<MailAddress>> {
        let (email, name, language) = portal_account::table
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::id.eq(id.uuid()))
            .select((portal_account::email_enc, portal_account::full_name_enc, portal_account::language))
            .first::<(Vec<u8>, Vec<u8>, String)>(self.conn)
            .map_err(unavailable)?;
        let keys = self.keys()?;
        let (practice_slug, practice_name, greets_by_name) = self.greeting()?;
        let first_name = if greets_by_name {
            intact(keys.open("portal_account", "full_name_enc", id.uuid(), &name))
                .and_then(|name| first_word(&name))
        } else {
            None
        };
        let email = intact(keys.open("portal_account", "email_enc", id.uuid(), &email));
        Ok(email.map(|email| MailAddress { email, language, practice_slug, practice_name, first_name }))
    }

    /// The address that a link names: where an invitation or a code goes.
    fn link_address(&mut self, link: Uuid) -> Result<Option<MailAddress>> {
        let (sealed, staff, account, patient) = account_link::table
            .filter(account_link::tenant_id.eq(self.tenant_id()))
            .filter(account_link::id.eq(link))
            .select((
                account_link::email_enc,
                account_link::staff_id,
                account_link::account_id,
                account_link::patient_id,
            ))
            .first::<(Option<Vec<u8>>, Option<Uuid>, Option<Uuid>, Option<Uuid>)>(self.conn)
            .map_err(unavailable)?;
        let Some(sealed) = sealed else { return Ok(None) };
        let email = self.keys()?.open("account_link", "email_enc", link, &sealed);
        let language = self.language_of(staff, account, patient)?.unwrap_or_else(|| "en".to_owned());
        let (practice_slug, practice_name, _) = self.greeting()?;
        let first_name = None;
        Ok(intact(email).map(|email| MailAddress {
            email,
            language,
            practice_slug,
            practice_name,
            first_name,
        }))
    }

    /// The language of a member of the staff, else of an account, else of a patient.
    fn language_of(
        &mut self,
        staff: Option<Uuid>,
        account: Option<Uuid>,
        patient: Option<Uuid>,
    ) -> Result<Option<String>> {
        let tenant = self.tenant_id();
        if let Some(staff) = staff {
            let one =
                staff_user::table.filter(staff_user::tenant_id.eq(tenant)).filter(staff_user::id.eq(staff));
            return one.select(staff_user::language).first(self.conn).optional().map_err(unavailable);
        }
        let of_account = portal_account::table
            .filter(portal_account::tenant_id.eq(tenant))
            .filter(portal_account::id.eq(account.unwrap_or_default()))
            .select(portal_account::language)
            .first::<String>(self.conn)
            .optional()
            .map_err(unavailable)?;
        if of_account.is_some() {
            return Ok(of_account);
        }
        patient::table
            .filter(patient::tenant_id.eq(tenant))
            .filter(patient::id.eq(patient.unwrap_or_default()))
            .select(patient::language)
            .first::<String>(self.conn)
            .optional()
            .map_err(unavailable)
    }

    fn is_link_good(&mut self, link: Uuid) -> Result<bool> {
        let open = account_link::table
            .filter(account_link::tenant_id.eq(self.tenant_id()))
            .filter(account_link::id.eq(link))
            .filter(account_link::used_at.is_null())
            .filter(account_link::revoked_at.is_null())
            .filter(account_link::expires_at.gt(self.now));
        diesel::select(diesel::dsl::exists(open)).get_result(self.conn).map_err(unavailable)
    }

    fn is_staff_active(&mut self, id: StaffId) -> Result<bool> {
        let active = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::id.eq(id.uuid()))
            .filter(staff_user::is_active);
        diesel::select(diesel::dsl::exists(active.select(staff_user::id)))
            .get_result(self.conn)
            .map_err(unavailable)
    }

    fn is_active_account(&mut self, id: AccountId) -> Result<bool> {
        let active = portal_account::table
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::id.eq(id.uuid()))
            .filter(portal_account::is_active);
        diesel::select(diesel::dsl::exists(active.select(portal_account::id)))
            .get_result(self.conn)
            .map_err(unavailable)
    }

    /// The practice's public code and name, and whether its mails greet patients by name.
    fn greeting(&mut self) -> Result<(String, String, bool)> {
        tenant::table
            .filter(tenant::id.eq(self.tenant_id()))
            .select((tenant::slug, tenant::name, tenant::mail_greets_by_name))
            .first(self.conn)
            .map_err(unavailable)
    }
}

impl JobRow {
    fn claimed(&self) -> Result<ClaimedJob> {
        let corrupt = || corrupt("outbox", "kind", self.id);
        let person = self.recipient_kind.zip(self.recipient_id).and_then(|(kind, id)| match kind {
            STAFF => Some(Recipient::Staff(StaffId::new(id))),
            ACCOUNT => Some(Recipient::Account(AccountId::new(id))),
            _ => None,
        });
        let kind = match (self.kind, self.audience, self.thread_id.map(ThreadId::new)) {
            (NOTICE, Some(0), Some(thread)) => JobKind::Notice(NoticeAudience::Patient, thread),
            (NOTICE, Some(1), Some(thread)) => JobKind::Notice(NoticeAudience::Staff, thread),
            (MAIL, _, Some(thread)) => JobKind::Mail(person.ok_or_else(corrupt)?, thread),
            (ACCOUNT_MAIL, _, None) => {
                let mail = self.template.and_then(AccountMail::from_code).ok_or_else(corrupt)?;
                let link = self.recipient_id.filter(|_| self.recipient_kind == Some(LINK_ADDRESS));
                let to = person.map(MailTo::Person).or_else(|| link.map(MailTo::LinkAddress));
                JobKind::Account(mail, to.ok_or_else(corrupt)?, self.link_id)
            }
            _ => return Err(corrupt()),
        };
        let job = Job { id: self.id, kind, attempts: self.attempts - 1, created_at: self.created_at };
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
