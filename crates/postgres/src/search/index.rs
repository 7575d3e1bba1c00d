//! Filling the index with new messages from their jobs.
//!
//! A message's tokens and the mark on its job are one transaction, so a worker that dies leaves neither. It holds the
//! row of the practice's index beside others, a step of the [rebuild](super::rebuild) alone, so that nobody writes
//! tokens by a switch that was turned in the meantime. What is sent during a rebuild has a job of its own.

use super::writing::MessageRow;
use crate::errors::unavailable;
use crate::schema::{message, outbox, search_index};
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use threadwell_application::Result;
use threadwell_application::ports::{SetAside, Work};
use threadwell_domain::Moment;
use uuid::Uuid;

/// A job that failed by itself so often is given up.
const ATTEMPTS: i32 = 5;
/// How long a job waits that failed once; twice as long each time.
const PATIENCE: Duration = Duration::minutes(1);

impl PgTransaction<'_> {
    pub(super) fn waiting_jobs(&mut self, limit: i64) -> Result<Vec<Uuid>> {
        outbox::table
            .filter(outbox::tenant_id.eq(self.tenant_id()))
            .filter(is_open())
            .filter(outbox::due_at.le(self.now))
            .order(outbox::id)
            .limit(limit)
            .select(outbox::id)
            .load(self.conn)
            .map_err(unavailable)
    }

    /// What takes long is made ready before the first lock: an open write holds up the live updates of everybody.
    pub(super) fn index_new_messages(&mut self, jobs: &[Uuid]) -> Result<usize> {
        let messages = outbox::table
            .filter(outbox::tenant_id.eq(self.tenant_id()))
            .filter(outbox::id.eq_any(jobs))
            .filter(is_open())
            .select(outbox::message_id.assume_not_null())
            .load::<Uuid>(self.conn)
            .map_err(unavailable)?;
        let rows = message::table
            .filter(message::tenant_id.eq(self.tenant_id()))
            .filter(message::id.eq_any(messages))
            .order(message::id)
            .select(MessageRow::as_select())
            .load(self.conn)
            .map_err(unavailable)?;
        let switch = search_index::table
            .filter(search_index::tenant_id.eq(self.tenant_id()))
            .select((search_index::is_on, search_index::generation));
        let before: (bool, i32) = switch.first(self.conn).map_err(unavailable)?;
        let mut ready = self.make_ready(&rows, before.0)?;
        if switch.for_share().first::<(bool, i32)>(self.conn).map_err(unavailable)? != before {
            return Ok(0);
        }
        let taken = self.take(jobs)?;
        ready.keep(|message| taken.iter().any(|(_, of)| *of == message));
        self.write(&ready)?;
        self.mark_done(taken.iter().map(|(job, _)| *job).collect())?;
        Ok(taken.len())
    }

    /// Locks those of the jobs that nobody else has, or has done, with their messages.
    fn take(&mut self, jobs: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
        outbox::table
            .filter(outbox::tenant_id.eq(self.tenant_id()))
            .filter(outbox::id.eq_any(jobs))
            .filter(is_open())
            .order(outbox::id)
            .select((outbox::id, outbox::message_id.assume_not_null()))
            .for_update()
            .skip_locked()
            .load(self.conn)
            .map_err(unavailable)
    }

    fn mark_done(&mut self, jobs: Vec<Uuid>) -> Result<()> {
        diesel::update(outbox::table)
            .filter(outbox::tenant_id.eq(self.tenant_id()))
            .filter(outbox::id.eq_any(jobs))
            .set(outbox::done_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    /// Lets a job wait that failed by itself, or gives it up.
    pub(super) fn set_job_aside(&mut self, job: Uuid) -> Result<SetAside> {
        let attempts = diesel::update(outbox::table)
            .filter(outbox::tenant_id.eq(self.tenant_id()))
            .filter(outbox::id.eq(job))
            .filter(is_open())
            .set(outbox::attempts.eq(outbox::attempts + 1))
            .returning(outbox::attempts)
            .get_result::<i32>(self.conn)
            .optional()
            .map_err(unavailable)?;
        let is_dead = attempts.is_some_and(|attempts| attempts >= ATTEMPTS);
        let wait = PATIENCE * attempts.map_or(1, |attempts| 1 << (attempts.clamp(1, ATTEMPTS) - 1));
        diesel::update(outbox::table)
            .filter(outbox::tenant_id.eq(self.tenant_id()))
            .filter(outbox::id.eq(job))
            .filter(is_open())
            .set((outbox::due_at.eq(self.now + wait), outbox::dead_at.eq(is_dead.then_some(self.now))))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(if is_dead { SetAside::GivenUp } else { SetAside::Waiting })
    }

    /// Says when the index has work next, unless somebody is just adding some.
    pub(super) fn put_index_to_rest(&mut self) -> Result<()> {
        if !self.is_alone_at(Work::Search)? {
            return Ok(());
        }
        let next = outbox::table
            .filter(outbox::tenant_id.eq(self.tenant_id()))
            .filter(is_open())
            .select(diesel::dsl::min(outbox::due_at))
            .first::<Option<Moment>>(self.conn)
            .map_err(unavailable)?;
        self.rest_until(Work::Search, next)
    }
}

/// Jobs of the index that wait. The kind is said as a constant, so that a generic plan can use the partial index.
#[diesel::dsl::auto_type]
fn is_open() -> _ {
    let of_index: diesel::expression::SqlLiteral<Bool> = diesel::dsl::sql::<Bool>("kind = 2");
    outbox::done_at.is_null().and(outbox::dead_at.is_null()).and(of_index)
}
