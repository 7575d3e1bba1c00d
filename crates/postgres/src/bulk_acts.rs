//! Acts on many threads at once, kept for a day.

mod rows;

use crate::errors::{corrupt, unavailable};
use crate::schema::{bulk_act, bulk_act_thread, thread};
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use rows::{EntryRow, act_codes, act_of};
use std::collections::HashMap;
use threadwell_application::ports::{BulkActs, BulkRecord};
use threadwell_application::{Error, Result};
use threadwell_domain::thread::Act;
use threadwell_domain::{BulkActId, Moment, ThreadId};
use uuid::Uuid;

/// How long an act is kept: as long as its answer can be asked for again.
const KEPT_FOR: Duration = Duration::hours(24);

impl BulkActs for PgTransaction<'_> {
    fn keep(&mut self, record: &BulkRecord) -> Result<()> {
        let (tenant, (_, staff)) = (self.tenant_id(), self.reader()?);
        let (kind, to_staff, to_team, to_code) = act_codes(record.act);
        diesel::insert_into(bulk_act::table)
            .values((
                bulk_act::tenant_id.eq(tenant),
                bulk_act::id.eq(record.id.uuid()),
                bulk_act::staff_id.eq(staff),
                bulk_act::kind.eq(kind),
                bulk_act::is_undo.eq(record.is_undo),
                bulk_act::to_staff_id.eq(to_staff),
                bulk_act::to_team_id.eq(to_team),
                bulk_act::to_code.eq(to_code),
                bulk_act::done_at.eq(record.at),
                bulk_act::expires_at.eq(record.at + KEPT_FOR),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        let mut reasons = self.reasons_taken_by(record)?;
        let mut rows = Vec::with_capacity(record.entries.len());
        for (place, entry) in record.entries.iter().enumerate() {
            let place = i16::try_from(place).map_err(Error::unavailable)?;
            rows.push((
                bulk_act_thread::tenant_id.eq(tenant),
                bulk_act_thread::bulk_act_id.eq(record.id.uuid()),
                bulk_act_thread::place.eq(place),
                bulk_act_thread::expires_at.eq(record.at + KEPT_FOR),
                EntryRow::from(entry),
                bulk_act_thread::was_close_reason_enc.eq(reasons.remove(&entry.thread.uuid())),
            ));
        }
        diesel::insert_into(bulk_act_thread::table)
            .values(rows)
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn find(&mut self, id: BulkActId) -> Result<Option<BulkRecord>> {
        type Head = (i16, bool, Option<Uuid>, Option<Uuid>, Option<i16>, Moment);
        let (tenant, (_, staff)) = (self.tenant_id(), self.reader()?);
        let head: Option<Head> = bulk_act::table
            .filter(bulk_act::tenant_id.eq(tenant))
            .filter(bulk_act::id.eq(id.uuid()))
            .filter(bulk_act::staff_id.eq(staff))
            .select((
                bulk_act::kind,
                bulk_act::is_undo,
                bulk_act::to_staff_id,
                bulk_act::to_team_id,
                bulk_act::to_code,
                bulk_act::done_at,
            ))
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some((kind, is_undo, to_staff, to_team, to_code, at)) = head else { return Ok(None) };
        let act =
            act_of(kind, to_staff, to_team, to_code).ok_or_else(|| corrupt("bulk_act", "kind", id.uuid()))?;
        let rows: Vec<EntryRow> = bulk_act_thread::table
            .filter(bulk_act_thread::tenant_id.eq(tenant))
            .filter(bulk_act_thread::bulk_act_id.eq(id.uuid()))
            .order(bulk_act_thread::place)
            .select(EntryRow::as_select())
            .load(self.conn)
            .map_err(unavailable)?;
        let entries = rows.into_iter().map(EntryRow::entry).collect::<Result<_>>()?;
        Ok(Some(BulkRecord { id, act, is_undo, at, entries }))
    }

    fn take_for_undo(&mut self, id: BulkActId, since: Moment) -> Result<bool> {
        let (_, staff) = self.reader()?;
        let taken = diesel::update(bulk_act::table)
            .filter(bulk_act::tenant_id.eq(self.tenant_id()))
            .filter(bulk_act::id.eq(id.uuid()))
            .filter(bulk_act::staff_id.eq(staff))
            .filter(bulk_act::is_undo.eq(false))
            .filter(bulk_act::undone_at.is_null())
            .filter(bulk_act::done_at.ge(since))
            .set(bulk_act::undone_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(taken == 1)
    }

    fn give_reason_back(&mut self, id: BulkActId, of: ThreadId) -> Result<()> {
        let kept: Option<Vec<u8>> = bulk_act_thread::table
            .filter(bulk_act_thread::tenant_id.eq(self.tenant_id()))
            .filter(bulk_act_thread::bulk_act_id.eq(id.uuid()))
            .filter(bulk_act_thread::thread_id.eq(of.uuid()))
            .select(bulk_act_thread::was_close_reason_enc)
            .first(self.conn)
            .map_err(unavailable)?;
        diesel::update(thread::table)
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq(of.uuid()))
            .set(thread::close_reason_enc.eq(kept))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }
}

impl PgTransaction<'_> {
    /// The reasons of closing that a reopening takes away, sealed as they are.
    fn reasons_taken_by(&mut self, record: &BulkRecord) -> Result<HashMap<Uuid, Vec<u8>>> {
        if record.act != Act::Reopen || record.is_undo {
            return Ok(HashMap::new());
        }
        let reopened: Vec<Uuid> =
            record.entries.iter().filter_map(|entry| entry.footprint.map(|_| entry.thread.uuid())).collect();
        let rows: Vec<(Uuid, Option<Vec<u8>>)> = thread::table
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq_any(reopened))
            .select((thread::id, thread::close_reason_enc))
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(rows.into_iter().filter_map(|(id, reason)| Some((id, reason?))).collect())
    }
}
