//! Changes for those who look on: written with the commit, never told inside the transaction.

use crate::closing::NewChange;
use crate::sessions::{ACCOUNT, STAFF};
use crate::transaction::PgTransaction;
use threadwell_application::access::{Actor, Audience};
use threadwell_application::ports::{Change, Changes};
use threadwell_application::{Error, Result};
use threadwell_domain::ChangeKind;
use uuid::Uuid;

impl Changes for PgTransaction<'_> {
    fn publish(&mut self, change: &Change) -> Result<()> {
        let row = NewChange { id: self.new_id(), actor: self.acting(), ..self.row_of(change) };
        if row.audience != STAFF && ChangeKind::from_code(row.kind).is_none_or(|kind| !kind.is_public()) {
            return Err(Error::unavailable("what staff do among themselves was to be told to patients"));
        }
        self.closing.add_change(self.tenant, &row, self.now);
        Ok(())
    }
}

impl PgTransaction<'_> {
    fn row_of(&self, change: &Change) -> NewChange {
        match *change {
            Change::Thread { audience, kind, thread, message, only } => NewChange {
                kind: kind.code(),
                audience: side(audience),
                thread: Some(thread.id.uuid()),
                patient: Some(thread.patient.uuid()),
                message: message.map(|id| id.uuid()),
                staff: only.map(|id| id.uuid()),
                category: Some(thread.category.code()),
                categories: thread.categories.bits(),
                is_confidential: thread.is_confidential,
                is_withdrawn: thread.is_withdrawn,
                ..NewChange::default()
            },
            Change::Notification { id, to, thread } => NewChange {
                kind: ChangeKind::Notification.code(),
                audience: STAFF,
                thread: Some(thread.uuid()),
                notification: Some(id.uuid()),
                staff: Some(to.uuid()),
                ..NewChange::default()
            },
            Change::Practice { only } => NewChange {
                kind: ChangeKind::Practice.code(),
                audience: STAFF,
                staff: only.map(|id| id.uuid()),
                ..NewChange::default()
            },
            Change::SessionEnded(session) => NewChange {
                kind: ChangeKind::SessionEnded.code(),
                audience: self.audience().map_or(STAFF, side),
                session: Some(session.uuid()),
                ..NewChange::default()
            },
        }
    }

    /// Who acts, as rows name people.
    fn acting(&self) -> Option<(i16, Uuid)> {
        match &self.actor {
            Actor::Staff(staff) => Some((STAFF, staff.id().uuid())),
            Actor::Portal(account) => Some((ACCOUNT, account.account().uuid())),
            Actor::Visitor | Actor::Worker | Actor::Operator => None,
        }
    }
}

/// The number of a side in rows.
const fn side(audience: Audience) -> i16 {
    match audience {
        Audience::Staff => STAFF,
        Audience::Portal => ACCOUNT,
    }
}
