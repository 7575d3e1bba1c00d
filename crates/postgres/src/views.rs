//! Views of the inbox that people keep; names and filters are sealed.

use crate::errors::unavailable;
use crate::schema::{saved_view, staff_user};
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::cmp::Reverse;
use threadwell_application::Result;
use threadwell_application::access::Subject;
use threadwell_application::ports::{Readable, ViewText, ViewView, Views};
use threadwell_crypto::Scope;
use threadwell_domain::{StaffId, ViewId};
use uuid::Uuid;

const LOCK: Scope = Scope::new("saved-view-lock");

type Row = (Uuid, Uuid, bool, Vec<u8>, Vec<u8>, String);

impl Views for PgTransaction<'_> {
    fn all(&mut self) -> Result<Vec<ViewView>> {
        let (tenant, (_, reader), keys) = (self.tenant_id(), self.reader()?, self.keys()?);
        let same_person = staff_user::tenant_id.eq(tenant).and(staff_user::id.eq(saved_view::owner_id));
        let rows: Vec<Row> = saved_view::table
            .inner_join(staff_user::table.on(same_person))
            .filter(saved_view::tenant_id.eq(tenant))
            .filter(saved_view::retired_at.is_null())
            .filter(saved_view::is_shared.or(saved_view::owner_id.eq(reader)))
            .order(saved_view::id)
            .select((
                saved_view::id,
                saved_view::owner_id,
                saved_view::is_shared,
                saved_view::name_enc,
                saved_view::filter_enc,
                staff_user::full_name,
            ))
            .load(self.conn)
            .map_err(unavailable)?;
        let view = |(id, owner, is_shared, name, filter, owner_name): Row| ViewView {
            id: ViewId::new(id),
            name: keys.open("saved_view", "name_enc", id, &name),
            is_shared,
            is_own: owner == reader,
            owner_name,
            filter: keys.open("saved_view", "filter_enc", id, &filter),
        };
        let mut views: Vec<ViewView> = rows.into_iter().map(view).collect();
        views.sort_by_cached_key(|view| (Reverse(view.is_own), lower(&view.name)));
        Ok(views)
    }

    fn count_own_for_update(&mut self) -> Result<usize> {
        let (_, owner) = self.reader()?;
        let lock = self.keys()?.index().token(LOCK, &owner.to_string());
        Statement::<(Text,)>::new("SELECT pg_advisory_xact_lock(")
            .big_int(lock)
            .sql(")::text")
            .execute(self.conn)
            .map_err(unavailable)?;
        let count: i64 = saved_view::table
            .filter(saved_view::tenant_id.eq(self.tenant_id()))
            .filter(saved_view::owner_id.eq(owner))
            .filter(saved_view::retired_at.is_null())
            .count()
            .get_result(self.conn)
            .map_err(unavailable)?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    fn add(&mut self, id: ViewId, owner: StaffId, text: &ViewText) -> Result<()> {
        self.trail.subject(Subject::View(id));
        let (name, filter) = self.seal_view(id, text)?;
        diesel::insert_into(saved_view::table)
            .values((
                saved_view::tenant_id.eq(self.tenant_id()),
                saved_view::id.eq(id.uuid()),
                saved_view::owner_id.eq(owner.uuid()),
                saved_view::is_shared.eq(text.is_shared),
                saved_view::name_enc.eq(name),
                saved_view::filter_enc.eq(filter),
                saved_view::created_at.eq(self.now),
                saved_view::updated_at.eq(self.now),
            ))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn is_shared(&mut self, id: ViewId) -> Result<Option<bool>> {
        let (_, owner) = self.reader()?;
        saved_view::table
            .filter(saved_view::tenant_id.eq(self.tenant_id()))
            .filter(saved_view::id.eq(id.uuid()))
            .filter(saved_view::retired_at.is_null())
            .filter(saved_view::owner_id.eq(owner).or(saved_view::is_shared))
            .select(saved_view::is_shared)
            .for_update()
            .first(self.conn)
            .optional()
            .map_err(unavailable)
    }

    fn save(&mut self, id: ViewId, text: &ViewText, may_change_shared: bool) -> Result<bool> {
        let (_, owner) = self.reader()?;
        let (name, filter) = self.seal_view(id, text)?;
        let saved = diesel::update(saved_view::table)
            .filter(saved_view::tenant_id.eq(self.tenant_id()))
            .filter(saved_view::id.eq(id.uuid()))
            .filter(saved_view::retired_at.is_null())
            .filter(
                saved_view::owner_id
                    .eq(owner)
                    .or(saved_view::is_shared.eq_any(within_reach(may_change_shared))),
            )
            .set((
                saved_view::is_shared.eq(text.is_shared),
                saved_view::name_enc.eq(name),
                saved_view::filter_enc.eq(filter),
                saved_view::updated_at.eq(self.now),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(saved == 1)
    }

    fn retire(&mut self, id: ViewId, may_change_shared: bool) -> Result<bool> {
        let (_, owner) = self.reader()?;
        let retired = diesel::update(saved_view::table)
            .filter(saved_view::tenant_id.eq(self.tenant_id()))
            .filter(saved_view::id.eq(id.uuid()))
            .filter(saved_view::retired_at.is_null())
            .filter(
                saved_view::owner_id
                    .eq(owner)
                    .or(saved_view::is_shared.eq_any(within_reach(may_change_shared))),
            )
            .set(saved_view::retired_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(retired == 1)
    }
}

/// The views of others that the actor may change: shared ones, or none.
fn within_reach(may_change_shared: bool) -> Vec<bool> {
    if may_change_shared { vec![true] } else { Vec::new() }
}

fn lower(name: &Readable) -> String {
    name.text().map(|text| text.expose().to_lowercase()).unwrap_or_default()
}

impl PgTransaction<'_> {
    fn seal_view(&self, id: ViewId, text: &ViewText) -> Result<(Vec<u8>, Vec<u8>)> {
        let (keys, id) = (self.keys()?, id.uuid());
        let name = keys.seal("saved_view", "name_enc", id, text.name.as_phi().expose())?;
        Ok((name, keys.seal("saved_view", "filter_enc", id, text.filter.expose())?))
    }
}
