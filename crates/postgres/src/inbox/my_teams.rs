//! What the teams of a member of the staff have to do.

use crate::errors::{corrupt, unavailable};
use crate::schema::{team, team_member};
use crate::sql::Statement;
use crate::threads::codes;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_domain::thread::CategorySet;
use uuid::Uuid;

/// The teams that somebody belongs to, and everything that one of them is on duty for.
#[derive(Clone, Debug, Default)]
pub(crate) struct MyTeams {
    pub(crate) ids: Vec<Uuid>,
    pub(crate) duty: CategorySet,
}

impl MyTeams {
    /// Threads that are with one of the teams, and those that are with nobody and of a category that one of them is on
    /// duty for.
    pub(super) fn narrow<Row>(&self, query: Statement<Row>) -> Statement<Row> {
        query
            .sql(" AND (t.assigned_team_id = ANY (")
            .uuids(self.ids.clone())
            .sql(") OR t.assigned_team_id IS NULL AND t.assigned_staff_id IS NULL AND t.category = ANY (")
            .codes(codes(self.duty))
            .sql("))")
    }
}

impl PgTransaction<'_> {
    pub(crate) fn my_teams(&mut self) -> Result<MyTeams> {
        let (tenant, (_, reader)) = (self.tenant_id(), self.reader()?);
        let same_team = team::tenant_id.eq(tenant).and(team::id.eq(team_member::team_id));
        let rows: Vec<(Uuid, i16)> = team_member::table
            .inner_join(team::table.on(same_team))
            .filter(team_member::tenant_id.eq(tenant))
            .filter(team_member::staff_id.eq(reader))
            .filter(team_member::left_at.is_null())
            .filter(team::retired_at.is_null())
            .select((team::id, team::categories))
            .load(self.conn)
            .map_err(unavailable)?;
        let mut mine = MyTeams::default();
        for (id, bits) in rows {
            let duty = CategorySet::from_bits(bits).ok_or_else(|| corrupt("team", "categories", id))?;
            mine.duty = mine.duty.union(duty);
            mine.ids.push(id);
        }
        Ok(mine)
    }
}
