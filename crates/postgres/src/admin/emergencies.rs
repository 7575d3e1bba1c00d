//! Looking past the limits of a role, and who did.

use crate::errors::unavailable;
use crate::schema::{emergency_access, session, staff_user};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use std::collections::HashMap;
use threadwell_application::access::{Actor, StaffActor, Subject};
use threadwell_application::ports::{EmergencyAccesses, EmergencyView};
use threadwell_application::{Error, Result};
use threadwell_domain::person::{EmergencyReason, ReviewNote};
use threadwell_domain::{EmergencyAccessId, Moment, StaffId};
use uuid::Uuid;

const TABLE: &str = "emergency_access";

#[derive(Queryable, Selectable)]
#[diesel(table_name = emergency_access, check_for_backend(diesel::pg::Pg))]
struct EmergencyRow {
    id: Uuid,
    staff_id: Uuid,
    reason_enc: Vec<u8>,
    started_at: Moment,
    expires_at: Moment,
    ended_at: Option<Moment>,
    reviewed_at: Option<Moment>,
    reviewed_by: Option<Uuid>,
    note_enc: Option<Vec<u8>>,
}

impl EmergencyAccesses for PgTransaction<'_> {
    fn is_open_for_update(&mut self) -> Result<bool> {
        let actor = self.staff_at_work()?;
        let until: Option<Moment> = session::table
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::id.eq(actor.session().uuid()))
            .select(session::emergency_until)
            .for_no_key_update()
            .first(self.conn)
            .map_err(unavailable)?;
        Ok(until.is_some_and(|until| until > self.now))
    }

    fn begin_emergency(&mut self, reason: &EmergencyReason, until: Moment) -> Result<EmergencyAccessId> {
        let (actor, id) = (self.staff_at_work()?, self.new_id());
        self.trail.subject(Subject::EmergencyAccess(EmergencyAccessId::new(id)));
        let sealed = self.keys()?.seal(TABLE, "reason_enc", id, reason.as_phi().expose())?;
        diesel::insert_into(emergency_access::table)
            .values((
                emergency_access::tenant_id.eq(self.tenant_id()),
                emergency_access::id.eq(id),
                emergency_access::staff_id.eq(actor.id().uuid()),
                emergency_access::session_id.eq(actor.session().uuid()),
                emergency_access::reason_enc.eq(sealed),
                emergency_access::started_at.eq(self.now),
                emergency_access::expires_at.eq(until),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.set_emergency(Some(until))?;
        Ok(EmergencyAccessId::new(id))
    }

    fn lasts_until(&mut self, id: EmergencyAccessId) -> Result<Moment> {
        emergency_access::table
            .filter(emergency_access::tenant_id.eq(self.tenant_id()))
            .filter(emergency_access::id.eq(id.uuid()))
            .select(emergency_access::expires_at)
            .first(self.conn)
            .optional()
            .map_err(unavailable)?
            .ok_or(Error::NotFound)
    }

    fn end_emergency(&mut self) -> Result<()> {
        let actor = self.staff_at_work()?;
        let ended: Vec<Uuid> = diesel::update(emergency_access::table)
            .filter(emergency_access::tenant_id.eq(self.tenant_id()))
            .filter(emergency_access::session_id.eq(actor.session().uuid()))
            .filter(emergency_access::ended_at.is_null())
            .filter(emergency_access::expires_at.gt(self.now))
            .set(emergency_access::ended_at.eq(self.now))
            .returning(emergency_access::id)
            .get_results(self.conn)
            .map_err(unavailable)?;
        for id in ended {
            self.trail.subject(Subject::EmergencyAccess(EmergencyAccessId::new(id)));
        }
        self.set_emergency(None)
    }

    fn emergencies(&mut self, limit: i64) -> Result<Vec<EmergencyView>> {
        let rows: Vec<EmergencyRow> = emergency_access::table
            .filter(emergency_access::tenant_id.eq(self.tenant_id()))
            .order((emergency_access::started_at.desc(), emergency_access::id.desc()))
            .limit(limit)
            .select(EmergencyRow::as_select())
            .load(self.conn)
            .map_err(unavailable)?;
        let (keys, names) = (self.keys()?, self.staff_names()?);
        let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
        Ok(rows
            .into_iter()
            .map(|row| EmergencyView {
                id: EmergencyAccessId::new(row.id),
                staff: StaffId::new(row.staff_id),
                full_name: name(row.staff_id),
                reason: keys.open(TABLE, "reason_enc", row.id, &row.reason_enc),
                started_at: row.started_at,
                expires_at: row.expires_at,
                ended_at: row.ended_at,
                reviewed: row.reviewed_at.zip(row.reviewed_by.map(name)),
                note: row.note_enc.map(|sealed| keys.open(TABLE, "note_enc", row.id, &sealed)),
            })
            .collect())
    }

    fn emergency(&mut self, id: EmergencyAccessId) -> Result<Option<(StaffId, bool)>> {
        let row: Option<(Uuid, Option<Moment>)> = emergency_access::table
            .filter(emergency_access::tenant_id.eq(self.tenant_id()))
            .filter(emergency_access::id.eq(id.uuid()))
            .select((emergency_access::staff_id, emergency_access::reviewed_at))
            .for_no_key_update()
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(row.map(|(staff, reviewed_at)| (StaffId::new(staff), reviewed_at.is_some())))
    }

    fn note_review(&mut self, id: EmergencyAccessId, note: &ReviewNote) -> Result<()> {
        let actor = self.staff_at_work()?;
        let sealed = self.keys()?.seal(TABLE, "note_enc", id.uuid(), note.as_phi().expose())?;
        diesel::update(emergency_access::table)
            .filter(emergency_access::tenant_id.eq(self.tenant_id()))
            .filter(emergency_access::id.eq(id.uuid()))
            .set((
                emergency_access::reviewed_at.eq(self.now),
                emergency_access::reviewed_by.eq(actor.id().uuid()),
                emergency_access::note_enc.eq(sealed),
            ))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }
}

impl PgTransaction<'_> {
    fn staff_at_work(&self) -> Result<StaffActor> {
        match &self.actor {
            Actor::Staff(staff) => Ok(staff.clone()),
            Actor::Portal(_) | Actor::Visitor | Actor::Worker | Actor::Operator => Err(Error::Denied),
        }
    }

    fn set_emergency(&mut self, until: Option<Moment>) -> Result<()> {
        let actor = self.staff_at_work()?;
        diesel::update(session::table)
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::id.eq(actor.session().uuid()))
            .set(session::emergency_until.eq(until))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn staff_names(&mut self) -> Result<HashMap<Uuid, String>> {
        let rows: Vec<(Uuid, String)> = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .select((staff_user::id, staff_user::full_name))
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(rows.into_iter().collect())
    }
}
