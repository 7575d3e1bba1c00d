//! The row of a practice's index: its switch, and how far it is.

use crate::errors::unavailable;
use crate::schema::search_index;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::{IndexState, RebuildStep, SearchIndex, SetAside, Work};
use uuid::Uuid;

impl SearchIndex for PgTransaction<'_> {
    fn waiting(&mut self, limit: i64) -> Result<Vec<Uuid>> {
        self.waiting_jobs(limit)
    }

    fn index_new(&mut self, jobs: &[Uuid]) -> Result<usize> {
        self.index_new_messages(jobs)
    }

    fn set_aside(&mut self, job: Uuid) -> Result<SetAside> {
        self.set_job_aside(job)
    }

    fn rebuild_step(&mut self, limit: i64) -> Result<RebuildStep> {
        self.rebuild_a_step(limit)
    }

    fn pass_over(&mut self) -> Result<Option<Uuid>> {
        self.pass_over_next()
    }

    fn rest(&mut self) -> Result<()> {
        self.put_index_to_rest()
    }

    fn state(&mut self) -> Result<IndexState> {
        let (is_on, is_complete, generation, messages) = search_index::table
            .filter(search_index::tenant_id.eq(self.tenant_id()))
            .select((
                search_index::is_on,
                search_index::is_complete,
                search_index::generation,
                search_index::messages_seen,
            ))
            .first(self.conn)
            .map_err(unavailable)?;
        Ok(IndexState { is_on, is_complete, generation, messages })
    }

    fn restart(&mut self, is_on: Option<bool>) -> Result<()> {
        self.pass_gate(Work::Search)?;
        diesel::update(search_index::table)
            .filter(search_index::tenant_id.eq(self.tenant_id()))
            .set((
                is_on.map(|is_on| search_index::is_on.eq(is_on)),
                search_index::generation.eq(search_index::generation + 1),
                search_index::is_complete.eq(false),
                search_index::patients_up_to.eq(None::<Uuid>),
                search_index::messages_up_to.eq(None::<Uuid>),
                search_index::messages_seen.eq(0),
                search_index::changed_at.eq(self.now),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.wake(Work::Search);
        Ok(())
    }
}
