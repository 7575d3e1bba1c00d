//! How far the actor has read.

use crate::errors::unavailable;
use crate::schema::read_cursor;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::access::Actor;
use threadwell_application::ports::{ReadCursor, ReadCursors};
use threadwell_application::{Error, Result};
use threadwell_domain::thread::Seq;
use threadwell_domain::{Moment, ThreadId};
use uuid::Uuid;

/// A staff member's cursor.
pub(crate) const STAFF_READER: i16 = 0;
/// A portal account's cursor.
pub(crate) const ACCOUNT_READER: i16 = 1;

impl ReadCursors for PgTransaction<'_> {
    fn advance(&mut self, thread: ThreadId, to: Seq, at: Moment) -> Result<()> {
        let (kind, reader) = self.reader()?;
        self.closing.advance_cursor(self.tenant, thread, (kind, reader), (to.0, at));
        Ok(())
    }

    fn mark_unread(&mut self, thread: ThreadId, _at: Moment) -> Result<()> {
        let (kind, reader) = self.reader()?;
        diesel::insert_into(read_cursor::table)
            .values((
                read_cursor::tenant_id.eq(self.tenant_id()),
                read_cursor::thread_id.eq(thread.uuid()),
                read_cursor::reader_kind.eq(kind),
                read_cursor::reader_id.eq(reader),
                read_cursor::is_marked_unread.eq(true),
            ))
            .on_conflict((
                read_cursor::tenant_id,
                read_cursor::thread_id,
                read_cursor::reader_kind,
                read_cursor::reader_id,
            ))
            .do_update()
            .set(read_cursor::is_marked_unread.eq(true))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn own(&mut self, thread: ThreadId) -> Result<Option<ReadCursor>> {
        let (kind, reader) = self.reader()?;
        let found: Option<(i32, bool)> = read_cursor::table
            .filter(read_cursor::tenant_id.eq(self.tenant_id()))
            .filter(read_cursor::thread_id.eq(thread.uuid()))
            .filter(read_cursor::reader_kind.eq(kind))
            .filter(read_cursor::reader_id.eq(reader))
            .select((read_cursor::seq, read_cursor::is_marked_unread))
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(found.map(|(seq, is_marked_unread)| ReadCursor { seq: Seq(seq), is_marked_unread }))
    }
}

impl PgTransaction<'_> {
    /// Whose cursor the actor moves.
    pub(crate) fn reader(&self) -> Result<(i16, Uuid)> {
        match &self.actor {
            Actor::Staff(staff) => Ok((STAFF_READER, staff.id().uuid())),
            Actor::Portal(account) => Ok((ACCOUNT_READER, account.account().uuid())),
            Actor::Visitor | Actor::Worker | Actor::Operator => Err(Error::Denied),
        }
    }
}
