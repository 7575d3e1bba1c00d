//! How far the actor has read.

use crate::errors::unavailable;
use crate::schema::read_cursor;
use crate::transaction::PgTransaction;
use diesel::dsl::exists;
use diesel::prelude::*;
use std::collections::HashMap;
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

type CursorColumns = (i32, Option<Moment>, bool);

const fn cursor((seq, read_at, is_marked_unread): CursorColumns) -> ReadCursor {
    ReadCursor { seq: Seq(seq), read_at, is_marked_unread }
}

/// Writes columns of the actor's own cursor in a thread, which is made where there is none.
macro_rules! write_own {
    ($tx:expr, $thread:expr, $columns:expr) => {{
        let (kind, reader) = $tx.reader()?;
        let columns = $columns;
        diesel::insert_into(read_cursor::table)
            .values((
                read_cursor::tenant_id.eq($tx.tenant_id()),
                read_cursor::thread_id.eq($thread.uuid()),
                read_cursor::reader_kind.eq(kind),
                read_cursor::reader_id.eq(reader),
                columns,
            ))
            .on_conflict((
                read_cursor::tenant_id,
                read_cursor::thread_id,
                read_cursor::reader_kind,
                read_cursor::reader_id,
            ))
            .do_update()
            .set(columns)
            .execute($tx.conn)
            .map(drop)
            .map_err(unavailable)
    }};
}

impl ReadCursors for PgTransaction<'_> {
    fn advance(&mut self, thread: ThreadId, to: Seq, at: Moment) -> Result<()> {
        let (kind, reader) = self.reader()?;
        self.closing.advance_cursor(self.tenant, thread, (kind, reader), (to.0, at));
        Ok(())
    }

    fn mark_unread(&mut self, thread: ThreadId, _at: Moment) -> Result<()> {
        write_own!(self, thread, read_cursor::is_marked_unread.eq(true))
    }

    fn set_star(&mut self, thread: ThreadId, is_starred: bool) -> Result<()> {
        write_own!(self, thread, read_cursor::starred_at.eq(is_starred.then_some(self.now)))
    }

    fn own(&mut self, thread: ThreadId) -> Result<Option<ReadCursor>> {
        let (kind, reader) = self.reader()?;
        let found: Option<CursorColumns> = read_cursor::table
            .filter(read_cursor::tenant_id.eq(self.tenant_id()))
            .filter(read_cursor::thread_id.eq(thread.uuid()))
            .filter(read_cursor::reader_kind.eq(kind))
            .filter(read_cursor::reader_id.eq(reader))
            .select((read_cursor::seq, read_cursor::read_at, read_cursor::is_marked_unread))
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(found.map(cursor))
    }

    fn own_of(&mut self, threads: &[ThreadId]) -> Result<HashMap<ThreadId, ReadCursor>> {
        let (kind, reader) = self.reader()?;
        let rows: Vec<(Uuid, CursorColumns)> = read_cursor::table
            .filter(read_cursor::tenant_id.eq(self.tenant_id()))
            .filter(read_cursor::thread_id.eq_any(threads.iter().map(|id| id.uuid()).collect::<Vec<_>>()))
            .filter(read_cursor::reader_kind.eq(kind))
            .filter(read_cursor::reader_id.eq(reader))
            .select((
                read_cursor::thread_id,
                (read_cursor::seq, read_cursor::read_at, read_cursor::is_marked_unread),
            ))
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(rows.into_iter().map(|(id, columns)| (ThreadId::new(id), cursor(columns))).collect())
    }

    fn put(&mut self, thread: ThreadId, to: ReadCursor) -> Result<()> {
        let place = (
            read_cursor::seq.eq(to.seq.0),
            read_cursor::read_at.eq(to.read_at),
            read_cursor::is_marked_unread.eq(to.is_marked_unread),
        );
        write_own!(self, thread, place)
    }

    fn is_read_by_colleague(&mut self, thread: ThreadId, up_to: Seq) -> Result<bool> {
        let (_, reader) = self.reader()?;
        let colleagues = read_cursor::table
            .filter(read_cursor::tenant_id.eq(self.tenant_id()))
            .filter(read_cursor::thread_id.eq(thread.uuid()))
            .filter(read_cursor::reader_kind.eq(STAFF_READER))
            .filter(read_cursor::reader_id.ne(reader))
            .filter(read_cursor::seq.ge(up_to.0));
        diesel::select(exists(colleagues)).get_result(self.conn).map_err(unavailable)
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
