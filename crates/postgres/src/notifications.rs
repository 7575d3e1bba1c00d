//! Word to single members of the staff, joined to the threads that they still see.

use crate::errors::{corrupt, unavailable};
use crate::inbox::capped;
use crate::schema::notification;
use crate::sql::{Statement, at_least};
use crate::threads::codes;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bytea, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use threadwell_application::Result;
use threadwell_application::ports::{
    CappedCount, NewNotification, NotificationKind, NotificationQuery, NotificationView, Notifications,
};
use threadwell_domain::thread::Seq;
use threadwell_domain::{MessageId, Moment, NotificationId, PatientId, StaffId, ThreadId};
use uuid::Uuid;

type Columns = (
    SqlUuid,
    SmallInt,
    SqlUuid,
    Nullable<SqlUuid>,
    Timestamptz,
    Nullable<Timestamptz>,
    Bytea,
    SqlUuid,
    Bytea,
    Text,
);

#[derive(Queryable)]
struct Row {
    id: Uuid,
    kind: i16,
    thread_id: Uuid,
    message_id: Option<Uuid>,
    created_at: Moment,
    read_at: Option<Moment>,
    subject_enc: Vec<u8>,
    patient_id: Uuid,
    patient_name_enc: Vec<u8>,
    by_name: String,
}

const MENTION: i16 = 0;
const ASSIGNMENT: i16 = 1;
/// One more than is ever said.
const COUNTED: i64 = 100;

const fn code_of(kind: NotificationKind) -> i16 {
    match kind {
        NotificationKind::Mention => MENTION,
        NotificationKind::Assignment => ASSIGNMENT,
    }
}

impl Notifications for PgTransaction<'_> {
    fn add(&mut self, new: &NewNotification) -> Result<()> {
        diesel::insert_into(notification::table)
            .values((
                notification::tenant_id.eq(self.tenant_id()),
                notification::id.eq(new.id.uuid()),
                notification::staff_id.eq(new.to.uuid()),
                notification::kind.eq(code_of(new.kind)),
                notification::thread_id.eq(new.thread.uuid()),
                notification::message_id.eq(new.message.map(MessageId::uuid)),
                notification::seq.eq(new.place.0),
                notification::by_staff_id.eq(new.by.uuid()),
                notification::created_at.eq(new.at),
            ))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn page(&mut self, query: &NotificationQuery) -> Result<(Vec<NotificationView>, bool)> {
        let tenant = self.tenant_id();
        let select = Statement::<Columns>::new(
            "SELECT n.id, n.kind, n.thread_id, n.message_id, n.created_at, n.read_at, t.subject_enc, t.patient_id, \
             p.name_enc, u.full_name",
        );
        let mut statement = self
            .own_visible(select)?
            .sql(" JOIN patient p ON p.tenant_id = ")
            .uuid(tenant)
            .sql(" AND p.id = t.patient_id JOIN staff_user u ON u.tenant_id = ")
            .uuid(tenant)
            .sql(" AND u.id = n.by_staff_id WHERE true");
        if query.unread_only {
            statement = statement.sql(" AND n.read_at IS NULL");
        }
        if let Some((at, id)) = query.after {
            statement = statement.sql(" AND (n.created_at, n.id) < (").moment(at).sql(", ").uuid(id.uuid());
            statement = statement.sql(")");
        }
        let statement =
            statement.sql(" ORDER BY n.created_at DESC, n.id DESC LIMIT ").number(at_least(query.limit + 1));
        let mut rows: Vec<Row> = statement.load(self.conn).map_err(unavailable)?;
        let wanted = usize::try_from(query.limit).unwrap_or(0);
        let has_more = rows.len() > wanted;
        rows.truncate(wanted);
        Ok((rows.into_iter().map(|row| self.shown(row)).collect::<Result<_>>()?, has_more))
    }

    fn count_unread(&mut self) -> Result<CappedCount> {
        let begin = Statement::<(BigInt,)>::new("SELECT count(*) FROM (SELECT");
        let counted = self.own_visible(begin)?.sql(" WHERE n.read_at IS NULL LIMIT ").number(COUNTED);
        let (count,): (i64,) = counted.sql(") n").get_result(self.conn).map_err(unavailable)?;
        Ok(capped(count))
    }

    fn mark_read(&mut self, ids: Option<&[NotificationId]>) -> Result<Option<(NotificationId, ThreadId)>> {
        let (_, staff) = self.reader()?;
        let unread = diesel::update(notification::table)
            .filter(notification::tenant_id.eq(self.tenant_id()))
            .filter(notification::staff_id.eq(staff))
            .filter(notification::read_at.is_null());
        let set = notification::read_at.eq(self.now);
        let returned = (notification::id, notification::thread_id);
        let read: Vec<(Uuid, Uuid)> = match ids {
            None => unread.set(set).returning(returned).load(self.conn),
            Some(ids) => unread
                .filter(notification::id.eq_any(ids.iter().map(|id| id.uuid()).collect::<Vec<_>>()))
                .set(set)
                .returning(returned)
                .load(self.conn),
        }
        .map_err(unavailable)?;
        Ok(read.first().map(|(id, thread)| (NotificationId::new(*id), ThreadId::new(*thread))))
    }

    fn thread_was_read(&mut self, thread: ThreadId, up_to: Seq) -> Result<Option<NotificationId>> {
        let (_, staff) = self.reader()?;
        let read = diesel::update(notification::table)
            .filter(notification::tenant_id.eq(self.tenant_id()))
            .filter(notification::staff_id.eq(staff))
            .filter(notification::thread_id.eq(thread.uuid()))
            .filter(notification::read_at.is_null())
            .filter(notification::seq.le(up_to.0))
            .set(notification::read_at.eq(self.now))
            .returning(notification::id)
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(first_of(&read))
    }

    fn withdraw_assignment(&mut self, from: StaffId, thread: ThreadId) -> Result<Option<NotificationId>> {
        let read = diesel::update(notification::table)
            .filter(notification::tenant_id.eq(self.tenant_id()))
            .filter(notification::staff_id.eq(from.uuid()))
            .filter(notification::thread_id.eq(thread.uuid()))
            .filter(notification::read_at.is_null())
            .filter(notification::kind.eq(ASSIGNMENT))
            .set(notification::read_at.eq(self.now))
            .returning(notification::id)
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(first_of(&read))
    }
}

impl PgTransaction<'_> {
    /// The actor's own notifications with their threads, as far as the actor's role sees these.
    fn own_visible<Row>(&self, select: Statement<Row>) -> Result<Statement<Row>> {
        let (tenant, (_, staff)) = (self.tenant_id(), self.reader()?);
        Ok(select
            .sql(" FROM (SELECT * FROM notification WHERE tenant_id = ")
            .uuid(tenant)
            .sql(" AND staff_id = ")
            .uuid(staff)
            .sql(") n JOIN thread t ON t.tenant_id = ")
            .uuid(tenant)
            .sql(" AND t.id = n.thread_id AND t.category = ANY (")
            .codes(codes(self.visible_categories()))
            .sql(")"))
    }

    fn shown(&mut self, row: Row) -> Result<NotificationView> {
        let keys = self.keys()?;
        let (thread, patient) = (ThreadId::new(row.thread_id), PatientId::new(row.patient_id));
        self.trail.thread(thread);
        self.trail.patient(patient);
        let subject = keys.open("thread", "subject_enc", row.thread_id, &row.subject_enc);
        if !subject.is_intact() {
            self.trail.unreadable(thread);
        }
        let kind = match row.kind {
            MENTION => NotificationKind::Mention,
            ASSIGNMENT => NotificationKind::Assignment,
            _ => return Err(corrupt("notification", "kind", row.id)),
        };
        Ok(NotificationView {
            id: NotificationId::new(row.id),
            kind,
            thread,
            message: row.message_id.map(MessageId::new),
            subject,
            patient_name: keys.open("patient", "name_enc", row.patient_id, &row.patient_name_enc),
            by_name: row.by_name,
            at: row.created_at,
            read_at: row.read_at,
        })
    }
}

fn first_of(ids: &[Uuid]) -> Option<NotificationId> {
    ids.first().copied().map(NotificationId::new)
}
