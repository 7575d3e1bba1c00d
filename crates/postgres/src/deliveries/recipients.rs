//! Who hears of a thread.

use crate::errors::{corrupt, unavailable};
use crate::outbox::person;
use crate::schema::{patient_access, portal_account, read_cursor, thread};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::Recipient;
use threadwell_domain::access::Relationship;
use threadwell_domain::thread::Category;
use threadwell_domain::{AccountId, StaffId, ThreadId};
use uuid::Uuid;

/// What decides who hears of a thread.
pub(super) struct NoticedThread {
    pub(super) id: ThreadId,
    pub(super) category: Category,
    pub(super) last_patient_seq: i32,
    pub(super) last_staff_seq: i32,
    patient: Uuid,
    is_confidential: bool,
    assigned_staff: Option<Uuid>,
    assigned_team: Option<Uuid>,
}

type Row = (Uuid, i16, i32, i32, bool, Option<Uuid>, Option<Uuid>);

impl PgTransaction<'_> {
    pub(super) fn noticed_thread(&mut self, id: ThreadId) -> Result<Option<NoticedThread>> {
        let row = thread::table
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq(id.uuid()))
            .select((
                thread::patient_id,
                thread::category,
                thread::last_patient_seq,
                thread::last_staff_seq,
                thread::is_confidential,
                thread::assigned_staff_id,
                thread::assigned_team_id,
            ))
            .first::<Row>(self.conn)
            .optional()
            .map_err(unavailable)?;
        row.map(|row| NoticedThread::of(id, row)).transpose()
    }

    /// The accounts that read for the patient: active, with mails on, under an unexpired grant that sees the thread.
    pub(super) fn portal_readers(&mut self, thread: &NoticedThread) -> Result<Vec<Recipient>> {
        let tenant = self.tenant_id();
        let account =
            portal_account::tenant_id.eq(tenant).and(portal_account::id.eq(patient_access::account_id));
        let unexpired = patient_access::expires_at
            .is_null()
            .or(patient_access::expires_at.gt(self.now).assume_not_null());
        let seeing: Vec<i16> = Relationship::ALL
            .into_iter()
            .filter(|relationship| !thread.is_confidential || *relationship == Relationship::Myself)
            .map(Relationship::code)
            .collect();
        let ids = patient_access::table
            .inner_join(portal_account::table.on(account))
            .filter(patient_access::tenant_id.eq(tenant))
            .filter(patient_access::patient_id.eq(thread.patient))
            .filter(patient_access::ended_at.is_null())
            .filter(unexpired)
            .filter(patient_access::relationship.eq_any(seeing))
            .filter(portal_account::is_active)
            .filter(portal_account::mail_enabled)
            .order(portal_account::id)
            .select(portal_account::id)
            .load::<Uuid>(self.conn)
            .map_err(unavailable)?;
        Ok(ids.into_iter().map(|id| Recipient::Account(AccountId::new(id))).collect())
    }

    /// The assignee, else the assigned team, else the team on duty for the category.
    ///
    /// A step whose people all left, or no longer see the category, counts as nobody: a patient's message must not be
    /// told to an empty desk. Who has merely switched mails off is still the one in charge.
    pub(super) fn staff_on_duty(&mut self, thread: &NoticedThread) -> Result<Vec<Recipient>> {
        let assigned: Vec<Uuid> = match (thread.assigned_staff, thread.assigned_team) {
            (Some(staff), _) => vec![staff],
            (None, Some(team)) => self.member_ids(&[team])?,
            (None, None) => Vec::new(),
        };
        let mut able = self.able_staff(&assigned, thread.category)?;
        if able.is_empty() {
            let teams = self.teams_on_duty(thread.category)?;
            let members = self.member_ids(&teams)?;
            able = self.able_staff(&members, thread.category)?;
        }
        let wanting = able.into_iter().filter(|one| one.is_mail_on);
        Ok(wanting.map(|one| Recipient::Staff(StaffId::new(one.id))).collect())
    }

    /// Whether the person is now told for the first time since they last read; remembers that they were.
    ///
    /// One statement decides and remembers, so that of two workers with notices of one thread only one writes a mail.
    pub(super) fn begin_unread_stretch(
        &mut self,
        reader: Recipient,
        thread: ThreadId,
        up_to: i32,
    ) -> Result<bool> {
        if up_to == 0 {
            return Ok(false);
        }
        let (kind, id) = person(reader);
        let told = diesel::insert_into(read_cursor::table)
            .values((
                read_cursor::tenant_id.eq(self.tenant_id()),
                read_cursor::thread_id.eq(thread.uuid()),
                read_cursor::reader_kind.eq(kind),
                read_cursor::reader_id.eq(id),
                read_cursor::notified_seq.eq(up_to),
            ))
            .on_conflict((
                read_cursor::tenant_id,
                read_cursor::thread_id,
                read_cursor::reader_kind,
                read_cursor::reader_id,
            ))
            .do_update()
            .set(read_cursor::notified_seq.eq(up_to));
        let has_read_since = read_cursor::notified_seq.le(read_cursor::seq).and(read_cursor::seq.lt(up_to));
        let began = diesel::query_dsl::methods::FilterDsl::filter(told, has_read_since)
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(began == 1)
    }
}

impl NoticedThread {
    fn of(id: ThreadId, row: Row) -> Result<Self> {
        let (
            patient,
            category,
            last_patient_seq,
            last_staff_seq,
            is_confidential,
            assigned_staff,
            assigned_team,
        ) = row;
        let category =
            Category::from_code(category).ok_or_else(|| corrupt("thread", "category", id.uuid()))?;
        Ok(Self {
            id,
            category,
            last_patient_seq,
            last_staff_seq,
            patient,
            is_confidential,
            assigned_staff,
            assigned_team,
        })
    }
}
