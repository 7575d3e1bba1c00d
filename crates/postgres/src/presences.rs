//! Who of the staff looks at a thread.

use crate::errors::{corrupt, unavailable};
use crate::schema::{presence, staff_user, thread};
use crate::threads::codes;
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use std::collections::BTreeMap;
use threadwell_application::Result;
use threadwell_application::ports::{Presences, ThreadSight, Viewer, ViewerState, Viewers};
use threadwell_domain::thread::{Category, CategorySet};
use threadwell_domain::{Moment, PatientId, SessionId, StaffId, ThreadId};
use uuid::Uuid;

/// How long an entry holds unless it is said again.
const HOLDS: Duration = Duration::seconds(40);
/// Colleagues are told anew when what they know holds no longer than this.
const TOLD_AGAIN: Duration = Duration::seconds(20);

type ViewerRow = (Uuid, i16, Uuid, String, i16, Moment);
pub(crate) type SightRow = (Uuid, Uuid, i16, bool);

impl Presences for PgTransaction<'_> {
    fn show(&mut self, thread: ThreadId, state: Option<ViewerState>) -> Result<bool> {
        let actor = <dyn threadwell_application::ports::Tx>::staff(self)?;
        let (staff, session) = (actor.id().uuid(), actor.session().uuid());
        let known = self.presence_of(thread, staff)?;
        let now = self.now;
        let shown = known.filter(|(_, until, _)| *until > now);
        let Some(state) = state else {
            if shown.is_none() {
                return Ok(false);
            }
            self.end_presence(thread, staff)?;
            return Ok(true);
        };
        let is_news = shown.is_none_or(|(code, _, told)| code != state.code() || told <= now + TOLD_AGAIN);
        let until = now + HOLDS;
        let told = shown.filter(|_| !is_news).map_or(until, |(_, _, told)| told);
        self.write_presence(thread, (staff, session), (state, until, told))?;
        Ok(is_news)
    }

    fn at(&mut self, threads: &[ThreadId]) -> Result<Vec<Viewers>> {
        let tenant = self.tenant_id();
        let ids: Vec<Uuid> = threads.iter().map(|id| id.uuid()).collect();
        let rows: Vec<ViewerRow> = presence::table
            .inner_join(
                thread::table.on(thread::tenant_id.eq(tenant).and(thread::id.eq(presence::thread_id))),
            )
            .inner_join(
                staff_user::table
                    .on(staff_user::tenant_id.eq(tenant).and(staff_user::id.eq(presence::staff_id))),
            )
            .filter(presence::tenant_id.eq(tenant))
            .filter(presence::thread_id.eq_any(&ids))
            .filter(presence::until.gt(self.now))
            .order((staff_user::full_name, presence::staff_id))
            .select((
                presence::thread_id,
                thread::category,
                presence::staff_id,
                staff_user::full_name,
                presence::state,
                presence::until,
            ))
            .load(self.conn)
            .map_err(unavailable)?;
        let mut at: BTreeMap<Uuid, Viewers> = self.empty(&ids)?;
        for row in rows {
            let (thread, viewer) = viewer(row)?;
            at.entry(thread).and_modify(|at| at.viewers.push(viewer));
        }
        Ok(at.into_values().collect())
    }

    fn leave(&mut self, session: SessionId) -> Result<Vec<ThreadSight>> {
        let tenant = self.tenant_id();
        let left: Vec<Uuid> = diesel::update(presence::table)
            .filter(presence::tenant_id.eq(tenant))
            .filter(presence::session_id.eq(session.uuid()))
            .filter(presence::until.gt(self.now))
            .set((presence::until.eq(self.now), presence::told_until.eq(self.now)))
            .returning(presence::thread_id)
            .get_results(self.conn)
            .map_err(unavailable)?;
        let rows: Vec<SightRow> = thread::table
            .filter(thread::tenant_id.eq(tenant))
            .filter(thread::id.eq_any(left))
            .select((thread::id, thread::patient_id, thread::category, thread::is_confidential))
            .load(self.conn)
            .map_err(unavailable)?;
        rows.into_iter().map(sight).collect()
    }
}

impl PgTransaction<'_> {
    fn presence_of(&mut self, thread: ThreadId, staff: Uuid) -> Result<Option<(i16, Moment, Moment)>> {
        presence::table
            .filter(presence::tenant_id.eq(self.tenant_id()))
            .filter(presence::thread_id.eq(thread.uuid()))
            .filter(presence::staff_id.eq(staff))
            .select((presence::state, presence::until, presence::told_until))
            .for_no_key_update()
            .first(self.conn)
            .optional()
            .map_err(unavailable)
    }

    fn write_presence(
        &mut self,
        thread: ThreadId,
        (staff, session): (Uuid, Uuid),
        (state, until, told): (ViewerState, Moment, Moment),
    ) -> Result<()> {
        let now_so = (
            presence::session_id.eq(session),
            presence::state.eq(state.code()),
            presence::until.eq(until),
            presence::told_until.eq(told),
        );
        diesel::insert_into(presence::table)
            .values((
                presence::tenant_id.eq(self.tenant_id()),
                presence::thread_id.eq(thread.uuid()),
                presence::staff_id.eq(staff),
                now_so,
            ))
            .on_conflict((presence::tenant_id, presence::thread_id, presence::staff_id))
            .do_update()
            .set(now_so)
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn end_presence(&mut self, thread: ThreadId, staff: Uuid) -> Result<()> {
        diesel::update(presence::table)
            .filter(presence::tenant_id.eq(self.tenant_id()))
            .filter(presence::thread_id.eq(thread.uuid()))
            .filter(presence::staff_id.eq(staff))
            .set((presence::until.eq(self.now), presence::told_until.eq(self.now)))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    /// The threads with nobody at them yet.
    fn empty(&mut self, ids: &[Uuid]) -> Result<BTreeMap<Uuid, Viewers>> {
        let rows: Vec<(Uuid, i16)> = thread::table
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq_any(ids))
            .select((thread::id, thread::category))
            .load(self.conn)
            .map_err(unavailable)?;
        rows.into_iter()
            .map(|(id, code)| {
                let category = category(code, id)?;
                Ok((id, Viewers { thread: ThreadId::new(id), category, viewers: Vec::new() }))
            })
            .collect()
    }

    /// For whom a thread is there, if it exists for the actor.
    pub(crate) fn thread_sight(&mut self, id: ThreadId) -> Result<Option<ThreadSight>> {
        let row: Option<SightRow> = thread::table
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq(id.uuid()))
            .filter(thread::category.eq_any(codes(self.visible_categories())))
            .select((thread::id, thread::patient_id, thread::category, thread::is_confidential))
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let scope = self.patient_scope();
        let exists = |(_, of, _, is_confidential): &SightRow| {
            scope.is_none_or(|(patient, sees)| *of == patient.uuid() && (sees || !is_confidential))
        };
        row.filter(exists).map(sight).transpose()
    }
}

/// For whom a thread is there, by its row.
pub(crate) fn sight((id, patient, code, is_confidential): SightRow) -> Result<ThreadSight> {
    let category = category(code, id)?;
    Ok(ThreadSight {
        id: ThreadId::new(id),
        patient: PatientId::new(patient),
        category,
        categories: CategorySet::of(&[category]),
        is_confidential,
        is_withdrawn: false,
    })
}

fn viewer((thread, _, staff, full_name, state, until): ViewerRow) -> Result<(Uuid, Viewer)> {
    let state = ViewerState::from_code(state).ok_or_else(|| corrupt("presence", "state", thread))?;
    Ok((thread, Viewer { staff: StaffId::new(staff), full_name, state, until }))
}

fn category(code: i16, thread: Uuid) -> Result<Category> {
    Category::from_code(code).ok_or_else(|| corrupt("thread", "category", thread))
}
