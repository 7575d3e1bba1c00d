//! Messages and notes. To a portal account notes do not exist: the query says so, and the policy behind it.

use crate::errors::{corrupt, unavailable};
use crate::keys::TenantKeys;
use crate::schema::{message, thread};
use crate::sql::{Statement, at_least};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{
    Array, Bool, Bytea, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid,
};
use threadwell_application::access::Actor;
use threadwell_application::ports::{
    MessagePage, MessageView, Messages, NewMessage, PageAt, ProxySender, Readable, Sender,
};
use threadwell_application::{Error, Result};
use threadwell_domain::access::Relationship;
use threadwell_domain::message::{SYSTEM_SENDER_NAME, SenderKind};
use threadwell_domain::thread::Seq;
use threadwell_domain::{AccountId, MessageId, Moment, PatientId, Phi, StaffId, ThreadId};
use uuid::Uuid;

/// How many missed messages an answer carries at most.
const MISSED_LIMIT: i64 = 50;

#[derive(Queryable)]
struct MessageRow {
    id: Uuid,
    seq: i32,
    sender_kind: i16,
    staff_id: Option<Uuid>,
    account_id: Option<Uuid>,
    proxy_name_enc: Option<Vec<u8>>,
    proxy_relationship: Option<i16>,
    body_enc: Vec<u8>,
    is_internal: bool,
    mentions: Vec<Uuid>,
    sent_at: Moment,
    revised_at: Option<Moment>,
    staff_name: Option<String>,
    staff_title: Option<String>,
    patient_id: Uuid,
    patient_name_enc: Vec<u8>,
    attachment_count: i16,
}

impl Messages for PgTransaction<'_> {
    fn add(&mut self, new: &NewMessage<'_>) -> Result<()> {
        let keys = self.keys()?;
        let id = new.id.uuid();
        let (kind, staff, account, proxy) = match &new.sender {
            Sender::Patient { account, proxy } => {
                (SenderKind::Patient, None, Some(account.uuid()), proxy.as_ref())
            }
            Sender::Staff(staff) => (SenderKind::Staff, Some(staff.uuid()), None, None),
            Sender::System => (SenderKind::System, None, None, None),
        };
        let seal_name =
            |proxy: &ProxySender| keys.seal("message", "proxy_name_enc", id, proxy.full_name.expose());
        let patient = self.patient_of(new.thread)?;
        let column = TenantKeys::body_column(new.thread.uuid(), patient.uuid(), new.is_internal);
        let body_enc = keys.seal("message", &column, id, new.body.as_phi().expose())?;
        diesel::insert_into(message::table)
            .values((
                message::tenant_id.eq(self.tenant_id()),
                message::thread_id.eq(new.thread.uuid()),
                message::seq.eq(new.seq.0),
                message::id.eq(id),
                message::patient_id.eq(patient.uuid()),
                message::sender_kind.eq(kind.code()),
                message::staff_id.eq(staff),
                message::account_id.eq(account),
                message::proxy_name_enc.eq(proxy.map(seal_name).transpose()?),
                message::proxy_relationship.eq(proxy.map(|proxy| proxy.relationship.code())),
                message::body_enc.eq(body_enc),
                message::is_internal.eq(new.is_internal),
                message::mentions.eq(new.mentions.iter().map(|staff| staff.uuid()).collect::<Vec<_>>()),
                message::sent_at.eq(new.sent_at),
                message::attachment_count.eq(i16::try_from(new.attachments).map_err(Error::unavailable)?),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.thread_was_touched(new.thread, patient);
        self.index_later(new.thread, new.id);
        Ok(())
    }

    fn page(&mut self, thread: ThreadId, limit: i64, at: PageAt) -> Result<MessagePage> {
        let kept = usize::try_from(limit).unwrap_or(usize::MAX);
        let (mut rows, has_more, has_newer) = match at {
            PageAt::Newest => {
                let older = self.rows_beside(thread, limit, Side::UpTo(Seq(i32::MAX)))?;
                (cut(older, kept), None, Some(false))
            }
            PageAt::Before(id) => {
                let place = self.named_place(thread, id)?;
                (cut(self.rows_beside(thread, limit, Side::UpTo(Seq(place.0 - 1)))?, kept), None, Some(true))
            }
            PageAt::After(id) => {
                let place = self.named_place(thread, id)?;
                (cut(self.rows_beside(thread, limit, Side::After(place))?, kept), Some(true), None)
            }
            PageAt::Around(id) => {
                let (rows, has_more, has_newer) = self.rows_around(thread, limit, id)?;
                ((rows, false), Some(has_more), Some(has_newer))
            }
        };
        rows.0.sort_unstable_by_key(|row| row.seq);
        Ok(MessagePage {
            messages: self.views(thread, rows.0)?,
            has_more: has_more.unwrap_or(rows.1),
            has_newer: has_newer.unwrap_or(rows.1),
        })
    }

    fn place_of(&mut self, thread: ThreadId, id: MessageId) -> Result<Option<Seq>> {
        let mut query = message::table
            .filter(message::tenant_id.eq(self.tenant_id()))
            .filter(message::thread_id.eq(thread.uuid()))
            .filter(message::id.eq(id.uuid()))
            .select(message::seq)
            .into_boxed();
        if self.is_kept_from_notes() {
            query = query.filter(message::is_internal.eq(false));
        }
        Ok(query.first(self.conn).optional().map_err(unavailable)?.map(Seq))
    }

    fn missed_since(&mut self, thread: ThreadId, place: Seq) -> Result<Vec<MessageView>> {
        let query =
            self.messages_of(thread).sql(" AND NOT is_internal AND sender_kind <> 2 AND seq > ").int(place.0);
        let query = match &self.actor {
            Actor::Staff(staff) => query.sql(" AND staff_id IS DISTINCT FROM ").uuid(staff.id().uuid()),
            Actor::Portal(own) => query.sql(" AND account_id IS DISTINCT FROM ").uuid(own.account().uuid()),
            Actor::Visitor | Actor::Worker | Actor::Operator => query,
        };
        let query = query.sql(" ORDER BY seq LIMIT ").number(MISSED_LIMIT).sql(") m");
        let mut rows = self.load_messages(query).map_err(unavailable)?;
        rows.sort_unstable_by_key(|row| row.seq);
        self.views(thread, rows)
    }

    fn newest_place(&mut self, thread: ThreadId) -> Result<Option<Seq>> {
        let mut query = message::table
            .filter(message::tenant_id.eq(self.tenant_id()))
            .filter(message::thread_id.eq(thread.uuid()))
            .select(message::seq)
            .order(message::seq.desc())
            .limit(1)
            .into_boxed();
        if self.is_kept_from_notes() {
            query = query.filter(message::is_internal.eq(false));
        }
        Ok(query.first(self.conn).optional().map_err(unavailable)?.map(Seq))
    }
}

type MessageColumns = (
    SqlUuid,
    Integer,
    SmallInt,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<Bytea>,
    Nullable<SmallInt>,
    Bytea,
    Bool,
    Array<SqlUuid>,
    Timestamptz,
    Nullable<Timestamptz>,
    Nullable<Text>,
    Nullable<Text>,
    SqlUuid,
    Bytea,
    SmallInt,
);

impl PgTransaction<'_> {
    /// The messages of a thread that the actor may see, up to the inner query's last condition.
    fn messages_of(&self, thread: ThreadId) -> Statement<MessageColumns> {
        let query = Statement::new(
            "SELECT m.id, m.seq, m.sender_kind, m.staff_id, m.account_id, m.proxy_name_enc, m.proxy_relationship, \
             m.body_enc, m.is_internal, m.mentions, m.sent_at, m.revised_at, u.full_name, u.title, m.patient_id, \
             p.name_enc, m.attachment_count FROM (SELECT * FROM message WHERE tenant_id = ",
        )
        .uuid(self.tenant_id())
        .sql(" AND thread_id = ")
        .uuid(thread.uuid());
        if self.is_kept_from_notes() { query.sql(" AND NOT is_internal") } else { query }
    }

    /// Runs a query of [`Self::messages_of`] with the people that it names. The order is the caller's to restore.
    fn load_messages(&mut self, query: Statement<MessageColumns>) -> QueryResult<Vec<MessageRow>> {
        query
            .sql(" JOIN patient p ON p.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND p.id = m.patient_id LEFT JOIN staff_user u ON u.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND u.id = m.staff_id")
            .load(self.conn)
    }

    /// The place of a message that a page is asked for by.
    fn named_place(&mut self, thread: ThreadId, id: MessageId) -> Result<Seq> {
        Messages::place_of(self, thread, id)?.ok_or(Error::InvalidCursor)
    }

    /// The messages nearest to a place on one side of it, nearest first, one more than `limit`.
    fn rows_beside(&mut self, thread: ThreadId, limit: i64, side: Side) -> Result<Vec<MessageRow>> {
        let query = self.messages_of(thread);
        let query = match side {
            Side::UpTo(Seq(i32::MAX)) => query.sql(" ORDER BY seq DESC LIMIT "),
            Side::UpTo(place) => query.sql(" AND seq <= ").int(place.0).sql(" ORDER BY seq DESC LIMIT "),
            Side::After(place) => query.sql(" AND seq > ").int(place.0).sql(" ORDER BY seq LIMIT "),
        };
        let query = query.number(at_least(limit + 1));
        let mut rows = self.load_messages(query.sql(") m")).map_err(unavailable)?;
        match side {
            Side::UpTo(_) => rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.seq)),
            Side::After(_) => rows.sort_unstable_by_key(|row| row.seq),
        }
        Ok(rows)
    }

    /// A message and what stands around it, half on either side where there is as much.
    fn rows_around(
        &mut self,
        thread: ThreadId,
        limit: i64,
        id: MessageId,
    ) -> Result<(Vec<MessageRow>, bool, bool)> {
        let place = self.named_place(thread, id)?;
        let mut older = self.rows_beside(thread, limit, Side::UpTo(place))?;
        let mut newer = self.rows_beside(thread, limit, Side::After(place))?;
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let of_older = older.len().min(wanted - newer.len().min(wanted / 2));
        let of_newer = newer.len().min(wanted - of_older);
        let (has_more, has_newer) = (older.len() > of_older, newer.len() > of_newer);
        older.truncate(of_older);
        newer.truncate(of_newer);
        older.extend(newer);
        Ok((older, has_more, has_newer))
    }

    fn views(&mut self, thread: ThreadId, rows: Vec<MessageRow>) -> Result<Vec<MessageView>> {
        let keys = self.keys()?;
        if let Some(row) = rows.first() {
            self.thread_was_touched(thread, PatientId::new(row.patient_id));
        }
        let with_files = rows.iter().filter(|row| row.attachment_count > 0).map(|row| row.seq).collect();
        let mut files = self.attachments_of(thread, with_files)?;
        // All messages of a thread are one patient's: the name is opened once.
        let mut patient_name = None;
        let views: Vec<MessageView> = rows
            .into_iter()
            .map(|row| {
                let attachments = files.remove(&row.seq).unwrap_or_default();
                row.view(&keys, thread, &mut patient_name).map(|view| MessageView { attachments, ..view })
            })
            .collect::<Result<_>>()?;
        let unreadable = views.iter().filter(|view| !view.body.is_intact()).count();
        (0..unreadable).for_each(|_| self.trail.unreadable(thread));
        Ok(views)
    }

    /// Whose thread it is: known from before, or looked up.
    fn patient_of(&mut self, id: ThreadId) -> Result<PatientId> {
        if let Some((_, patient)) = self.last_touched.filter(|(touched, _)| *touched == id) {
            return Ok(patient);
        }
        let patient: Option<Uuid> = thread::table
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq(id.uuid()))
            .select(thread::patient_id)
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        patient.map(PatientId::new).ok_or(Error::NotFound)
    }

    /// Whether notes do not exist for the actor.
    pub(crate) const fn is_kept_from_notes(&self) -> bool {
        !matches!(self.actor, Actor::Staff(_) | Actor::Operator)
    }
}

/// On which side of a place messages are read.
#[derive(Clone, Copy)]
enum Side {
    UpTo(Seq),
    After(Seq),
}

/// Cuts rows to those that are wanted, and says whether there were more.
fn cut(mut rows: Vec<MessageRow>, wanted: usize) -> (Vec<MessageRow>, bool) {
    let has_more = rows.len() > wanted;
    rows.truncate(wanted);
    (rows, has_more)
}

impl MessageRow {
    fn view(
        self,
        keys: &TenantKeys,
        thread: ThreadId,
        patient_name: &mut Option<Readable>,
    ) -> Result<MessageView> {
        let column = TenantKeys::body_column(thread.uuid(), self.patient_id, self.is_internal);
        let corrupt = |column| move || corrupt("message", column, self.id);
        let sender_kind = SenderKind::from_code(self.sender_kind).ok_or_else(corrupt("sender_kind"))?;
        let proxy = match (&self.proxy_name_enc, self.proxy_relationship) {
            (Some(name), Some(code)) => Some((
                keys.open("message", "proxy_name_enc", self.id, name),
                Relationship::from_code(code).ok_or_else(corrupt("proxy_relationship"))?,
            )),
            _ => None,
        };
        let sender_name = match sender_kind {
            SenderKind::Patient => patient_name
                .get_or_insert_with(|| {
                    keys.open("patient", "name_enc", self.patient_id, &self.patient_name_enc)
                })
                .clone(),
            SenderKind::Staff => Readable::Intact(Phi::new(self.staff_name.unwrap_or_default())),
            SenderKind::System => Readable::Intact(Phi::new(SYSTEM_SENDER_NAME)),
        };
        Ok(MessageView {
            id: MessageId::new(self.id),
            seq: Seq(self.seq),
            sender_kind,
            staff: self.staff_id.map(StaffId::new),
            account: self.account_id.map(AccountId::new),
            sender_name,
            sender_title: self.staff_title,
            proxy,
            body: keys.open("message", &column, self.id, &self.body_enc),
            sent_at: self.sent_at,
            is_internal: self.is_internal,
            revised_at: self.revised_at,
            mentions: self.mentions.into_iter().map(StaffId::new).collect(),
            attachments: Vec::new(),
        })
    }
}
