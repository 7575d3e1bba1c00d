//! The closed thread that another one goes on from: named to whoever sees it too.

use crate::errors::unavailable;
use crate::schema::thread;
use crate::threads::codes;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use std::collections::HashSet;
use threadwell_application::Result;
use threadwell_domain::ThreadId;
use threadwell_domain::thread::ThreadFacts;
use uuid::Uuid;

impl PgTransaction<'_> {
    /// Takes the thread that each goes on from away where it does not exist for the actor: out of the role's
    /// categories, or confidential before a proxy.
    pub(crate) fn forget_unseen_origins<'a>(
        &mut self,
        threads: impl Iterator<Item = &'a mut ThreadFacts>,
    ) -> Result<()> {
        let mut going_on: Vec<&mut ThreadFacts> =
            threads.filter(|facts| facts.linked_thread.is_some()).collect();
        if going_on.is_empty() {
            return Ok(());
        }
        let origins = going_on.iter().filter_map(|facts| facts.linked_thread).map(ThreadId::uuid);
        let seen = self.seen_among(origins.collect())?;
        for facts in &mut going_on {
            facts.linked_thread = facts.linked_thread.filter(|origin| seen.contains(&origin.uuid()));
        }
        Ok(())
    }

    fn seen_among(&mut self, ids: Vec<Uuid>) -> Result<HashSet<Uuid>> {
        let mut query = thread::table
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq_any(ids))
            .filter(thread::category.eq_any(codes(self.visible_categories())))
            .select(thread::id)
            .into_boxed();
        if let Some((patient, sees_confidential)) = self.patient_scope() {
            query = query.filter(thread::patient_id.eq(patient.uuid()));
            if !sees_confidential {
                query = query.filter(thread::is_confidential.eq(false));
            }
        }
        let seen: Vec<Uuid> = query.load(self.conn).map_err(unavailable)?;
        Ok(seen.into_iter().collect())
    }
}
