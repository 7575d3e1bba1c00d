//! A thread's row and what it means.

use crate::errors::corrupt;
use crate::schema::thread;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Nullable, SmallInt, Timestamptz, Uuid as SqlUuid};
use threadwell_application::Result;
use threadwell_domain::message::SenderKind;
use threadwell_domain::thread::{
    Assignee, Category, Closure, LastMessage, Priority, Seq, State, Status, ThreadFacts,
};
use threadwell_domain::{Moment, PatientId, StaffId, TeamId, ThreadId};
use uuid::Uuid;

/// The columns that hold a thread's facts, in the order of [`ThreadRow`]; `t` is the thread.
pub(crate) const THREAD_COLUMNS: &str = "t.id, t.patient_id, t.category, t.priority, t.status, \
    t.assigned_staff_id, t.assigned_team_id, t.is_created_by_patient, t.is_confidential, t.linked_thread_id, \
    t.archived_at, t.closed_at, t.created_at, t.updated_at, t.version, t.public_version, t.public_updated_at, \
    t.last_seq, t.message_count, t.last_message_at, t.last_message_by, t.last_patient_seq, t.last_staff_seq, \
    t.is_unread_by_staff, t.seen_by_staff_at";

/// The SQL types of [`THREAD_COLUMNS`].
pub(crate) type ThreadColumns = (
    SqlUuid,
    SqlUuid,
    SmallInt,
    SmallInt,
    SmallInt,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Bool,
    Bool,
    Nullable<SqlUuid>,
    Nullable<Timestamptz>,
    Nullable<Timestamptz>,
    Timestamptz,
    Timestamptz,
    Integer,
    Integer,
    Timestamptz,
    Integer,
    Integer,
    Timestamptz,
    SmallInt,
    Integer,
    Integer,
    Bool,
    Nullable<Timestamptz>,
);

/// The facts of a thread as stored.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = thread, check_for_backend(diesel::pg::Pg))]
pub(crate) struct ThreadRow {
    pub(crate) id: Uuid,
    pub(crate) patient_id: Uuid,
    pub(crate) category: i16,
    pub(crate) priority: i16,
    pub(crate) status: i16,
    pub(crate) assigned_staff_id: Option<Uuid>,
    pub(crate) assigned_team_id: Option<Uuid>,
    pub(crate) is_created_by_patient: bool,
    pub(crate) is_confidential: bool,
    pub(crate) linked_thread_id: Option<Uuid>,
    pub(crate) archived_at: Option<Moment>,
    pub(crate) closed_at: Option<Moment>,
    pub(crate) created_at: Moment,
    pub(crate) updated_at: Moment,
    pub(crate) version: i32,
    pub(crate) public_version: i32,
    pub(crate) public_updated_at: Moment,
    pub(crate) last_seq: i32,
    pub(crate) message_count: i32,
    pub(crate) last_message_at: Moment,
    pub(crate) last_message_by: i16,
    pub(crate) last_patient_seq: i32,
    pub(crate) last_staff_seq: i32,
    pub(crate) is_unread_by_staff: bool,
    pub(crate) seen_by_staff_at: Option<Moment>,
}

impl From<&ThreadFacts> for ThreadRow {
    fn from(facts: &ThreadFacts) -> Self {
        let (assigned_staff_id, assigned_team_id) = match facts.assignee {
            Some(Assignee::Staff(id)) => (Some(id.uuid()), None),
            Some(Assignee::Team(id)) => (None, Some(id.uuid())),
            None => (None, None),
        };
        let closed_at = match facts.state {
            State::Closed(closure) => Some(closure.at),
            State::Active(_) => None,
        };
        Self {
            id: facts.id.uuid(),
            patient_id: facts.patient.uuid(),
            category: facts.category.code(),
            priority: facts.priority.code(),
            status: facts.state.status().code(),
            assigned_staff_id,
            assigned_team_id,
            is_created_by_patient: facts.created_by_patient,
            is_confidential: facts.confidential,
            linked_thread_id: facts.linked_thread.map(ThreadId::uuid),
            archived_at: facts.archived_at,
            closed_at,
            created_at: facts.created_at,
            updated_at: facts.updated_at,
            version: facts.version,
            public_version: facts.public_version,
            public_updated_at: facts.public_updated_at,
            last_seq: facts.last_seq.0,
            message_count: facts.message_count,
            last_message_at: facts.last_message.at,
            last_message_by: facts.last_message.by.code(),
            last_patient_seq: facts.last_patient_seq.0,
            last_staff_seq: facts.last_staff_seq.0,
            is_unread_by_staff: facts.unread_by_staff,
            seen_by_staff_at: facts.seen_by_staff_at,
        }
    }
}

impl ThreadRow {
    /// What the row means.
    ///
    /// # Errors
    /// A code that this build does not know.
    pub(crate) fn facts(self) -> Result<ThreadFacts> {
        let corrupt = |column| move || corrupt("thread", column, self.id);
        let status = Status::from_code(self.status).ok_or_else(corrupt("status"))?;
        let state = match (status, self.closed_at) {
            (Status::Closed, at) => State::Closed(Closure { at: at.ok_or_else(corrupt("closed_at"))? }),
            (active, _) => State::Active(active),
        };
        let by = SenderKind::from_code(self.last_message_by).ok_or_else(corrupt("last_message_by"))?;
        Ok(ThreadFacts {
            id: ThreadId::new(self.id),
            patient: PatientId::new(self.patient_id),
            category: Category::from_code(self.category).ok_or_else(corrupt("category"))?,
            priority: Priority::from_code(self.priority).ok_or_else(corrupt("priority"))?,
            state,
            assignee: assignee(self.assigned_staff_id, self.assigned_team_id),
            created_by_patient: self.is_created_by_patient,
            confidential: self.is_confidential,
            linked_thread: self.linked_thread_id.map(ThreadId::new),
            archived_at: self.archived_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
            public_version: self.public_version,
            public_updated_at: self.public_updated_at,
            last_seq: Seq(self.last_seq),
            message_count: self.message_count,
            last_message: LastMessage { at: self.last_message_at, by },
            last_patient_seq: Seq(self.last_patient_seq),
            last_staff_seq: Seq(self.last_staff_seq),
            unread_by_staff: self.is_unread_by_staff,
            seen_by_staff_at: self.seen_by_staff_at,
        })
    }
}

fn assignee(staff: Option<Uuid>, team: Option<Uuid>) -> Option<Assignee> {
    let staff = staff.map(|id| Assignee::Staff(StaffId::new(id)));
    staff.or_else(|| team.map(|id| Assignee::Team(TeamId::new(id))))
}
