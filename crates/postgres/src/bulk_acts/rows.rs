//! What an act and its threads are in storage.

use crate::errors::corrupt;
use crate::schema::bulk_act_thread;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::{BulkEntry, BulkOutcome, BulkRefusal, Footprint, ReadCursor};
use threadwell_domain::thread::{Act, Assignee, Before, Closure, Priority, Seq, State, Status};
use threadwell_domain::{Moment, StaffId, TeamId, ThreadId};
use uuid::Uuid;

/// The kind of an act, whom it assigns to, and the code of what it sets.
pub(super) const fn act_codes(act: Act) -> (i16, Option<Uuid>, Option<Uuid>, Option<i16>) {
    match act {
        Act::Assign(None) => (0, None, None, None),
        Act::Assign(Some(Assignee::Staff(id))) => (0, Some(id.uuid()), None, None),
        Act::Assign(Some(Assignee::Team(id))) => (0, None, Some(id.uuid()), None),
        Act::SetStatus(status) => (1, None, None, Some(status.code())),
        Act::Close => (2, None, None, None),
        Act::Reopen => (3, None, None, None),
        Act::Archive => (4, None, None, None),
        Act::Unarchive => (5, None, None, None),
        Act::SetPriority(priority) => (6, None, None, Some(priority.code())),
        Act::MarkRead => (7, None, None, None),
        Act::MarkUnread => (8, None, None, None),
    }
}

pub(super) fn act_of(kind: i16, staff: Option<Uuid>, team: Option<Uuid>, code: Option<i16>) -> Option<Act> {
    Some(match kind {
        0 => Act::Assign(assignee(staff, team)),
        1 => Act::SetStatus(Status::from_code(code?)?),
        2 => Act::Close,
        3 => Act::Reopen,
        4 => Act::Archive,
        5 => Act::Unarchive,
        6 => Act::SetPriority(Priority::from_code(code?)?),
        7 => Act::MarkRead,
        8 => Act::MarkUnread,
        _ => return None,
    })
}

fn assignee(staff: Option<Uuid>, team: Option<Uuid>) -> Option<Assignee> {
    let person = staff.map(|id| Assignee::Staff(StaffId::new(id)));
    person.or_else(|| team.map(|id| Assignee::Team(TeamId::new(id))))
}

const REFUSALS: [BulkRefusal; 5] = [
    BulkRefusal::NotFound,
    BulkRefusal::IllegalTransition,
    BulkRefusal::Forbidden,
    BulkRefusal::AssigneeNotFound,
    BulkRefusal::VersionMismatch,
];

const fn refusal_code(refusal: BulkRefusal) -> i16 {
    match refusal {
        BulkRefusal::NotFound => 0,
        BulkRefusal::IllegalTransition => 1,
        BulkRefusal::Forbidden => 2,
        BulkRefusal::AssigneeNotFound => 3,
        BulkRefusal::VersionMismatch => 4,
    }
}

/// A thread of an act, without its reason of closing.
#[derive(Clone, Copy, Debug, Default, Queryable, Selectable, Insertable)]
#[diesel(table_name = bulk_act_thread, check_for_backend(diesel::pg::Pg))]
pub(super) struct EntryRow {
    thread_id: Uuid,
    outcome: i16,
    refusal: Option<i16>,
    left_version: Option<i32>,
    was_status: Option<i16>,
    was_closed_at: Option<Moment>,
    was_staff_id: Option<Uuid>,
    was_team_id: Option<Uuid>,
    was_priority: Option<i16>,
    was_archived_at: Option<Moment>,
    was_unread_by_staff: Option<bool>,
    was_seen_by_staff_at: Option<Moment>,
    was_seq: Option<i32>,
    was_read_at: Option<Moment>,
    was_marked_unread: Option<bool>,
    left_seq: Option<i32>,
    left_marked_unread: Option<bool>,
}

impl From<&BulkEntry> for EntryRow {
    fn from(entry: &BulkEntry) -> Self {
        let (outcome, refusal) = match entry.outcome {
            BulkOutcome::Done => (0, None),
            BulkOutcome::Unchanged => (1, None),
            BulkOutcome::Refused(refusal) => (2, Some(refusal_code(refusal))),
        };
        let row = Self { thread_id: entry.thread.uuid(), outcome, refusal, ..Self::default() };
        entry.footprint.map_or(row, |print| row.with(&print))
    }
}

impl EntryRow {
    fn with(self, print: &Footprint) -> Self {
        let before = &print.before;
        let (was_staff_id, was_team_id) = match before.assignee {
            Some(Assignee::Staff(id)) => (Some(id.uuid()), None),
            Some(Assignee::Team(id)) => (None, Some(id.uuid())),
            None => (None, None),
        };
        let was_closed_at = match before.state {
            State::Closed(closure) => Some(closure.at),
            State::Active(_) => None,
        };
        Self {
            left_version: Some(print.left_version),
            was_status: Some(before.state.status().code()),
            was_closed_at,
            was_staff_id,
            was_team_id,
            was_priority: Some(before.priority.code()),
            was_archived_at: before.archived_at,
            was_unread_by_staff: Some(before.unread_by_staff),
            was_seen_by_staff_at: before.seen_by_staff_at,
            was_seq: print.cursor.map(|cursor| cursor.seq.0),
            was_read_at: print.cursor.and_then(|cursor| cursor.read_at),
            was_marked_unread: print.cursor.map(|cursor| cursor.is_marked_unread),
            left_seq: print.left_cursor.map(|cursor| cursor.seq.0),
            left_marked_unread: print.left_cursor.map(|cursor| cursor.is_marked_unread),
            ..self
        }
    }

    pub(super) fn entry(self) -> Result<BulkEntry> {
        let corrupt = |column| corrupt("bulk_act_thread", column, self.thread_id);
        let refusal = self.refusal.and_then(|code| usize::try_from(code).ok());
        let outcome = match (self.outcome, refusal.and_then(|code| REFUSALS.get(code))) {
            (0, None) => BulkOutcome::Done,
            (1, None) => BulkOutcome::Unchanged,
            (2, Some(refusal)) => BulkOutcome::Refused(*refusal),
            _ => return Err(corrupt("outcome")),
        };
        let footprint = match self.left_version {
            Some(left_version) => Some(self.footprint(left_version).ok_or_else(|| corrupt("was_status"))?),
            None => None,
        };
        Ok(BulkEntry { thread: ThreadId::new(self.thread_id), outcome, footprint })
    }

    fn footprint(self, left_version: i32) -> Option<Footprint> {
        let state = match (Status::from_code(self.was_status?)?, self.was_closed_at) {
            (Status::Closed, Some(at)) => State::Closed(Closure { at }),
            (Status::Closed, None) | (_, Some(_)) => return None,
            (status, None) => State::Active(status),
        };
        let before = Before {
            state,
            assignee: assignee(self.was_staff_id, self.was_team_id),
            priority: Priority::from_code(self.was_priority?)?,
            archived_at: self.was_archived_at,
            unread_by_staff: self.was_unread_by_staff?,
            seen_by_staff_at: self.was_seen_by_staff_at,
        };
        let cursor = |seq: Option<i32>, read_at, mark: Option<bool>| {
            Some(ReadCursor { seq: Seq(seq?), read_at, is_marked_unread: mark? })
        };
        Some(Footprint {
            before,
            left_version,
            cursor: cursor(self.was_seq, self.was_read_at, self.was_marked_unread),
            left_cursor: cursor(self.left_seq, None, self.left_marked_unread),
        })
    }
}
