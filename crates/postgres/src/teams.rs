//! Which teams there are, for those who manage them.

use crate::errors::{is_unique_violation, unavailable};
use crate::schema::{staff_user, team, team_member, thread};
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::result::Error as Diesel;
use diesel::sql_types::{BigInt, Text};
use std::collections::BTreeSet;
use threadwell_application::access::Subject;
use threadwell_application::ports::{TeamChanges, Teams};
use threadwell_application::{Error, FieldProblem, Result};
use threadwell_crypto::Scope;
use threadwell_domain::team::TeamName;
use threadwell_domain::thread::{CategorySet, Status};
use threadwell_domain::{StaffId, TeamId};
use uuid::Uuid;

const LOCK: Scope = Scope::new("teams-lock");

impl Teams for PgTransaction<'_> {
    fn count_for_update(&mut self) -> Result<usize> {
        let lock = self.keys()?.index().token(LOCK, "");
        Statement::<(Text,)>::new("SELECT pg_advisory_xact_lock(")
            .big_int(lock)
            .sql(")::text")
            .execute(self.conn)
            .map_err(unavailable)?;
        let count: i64 = team::table
            .filter(team::tenant_id.eq(self.tenant_id()))
            .filter(team::retired_at.is_null())
            .count()
            .get_result(self.conn)
            .map_err(unavailable)?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    fn add(&mut self, id: TeamId, name: &TeamName, categories: CategorySet) -> Result<()> {
        diesel::insert_into(team::table)
            .values((
                team::tenant_id.eq(self.tenant_id()),
                team::id.eq(id.uuid()),
                team::name.eq(name.as_str()),
                team::categories.eq(categories.bits()),
                team::created_at.eq(self.now),
            ))
            .execute(self.conn)
            .map_err(taken_or_unavailable)?;
        self.trail.subject(Subject::Team(id));
        Ok(())
    }

    fn save(&mut self, id: TeamId, changes: &TeamChanges) -> Result<bool> {
        let name = changes.name.as_ref().map(|name| team::name.eq(name.as_str()));
        let categories = changes.categories.map(|set| team::categories.eq(set.bits()));
        let of_team = team::table
            .filter(team::tenant_id.eq(self.tenant_id()))
            .filter(team::id.eq(id.uuid()))
            .filter(team::retired_at.is_null());
        if name.is_none() && categories.is_none() {
            return diesel::select(exists(of_team)).get_result(self.conn).map_err(unavailable);
        }
        let given = [("name", changes.name.is_some()), ("categories", changes.categories.is_some())];
        let saved = diesel::update(of_team)
            .set((name, categories))
            .execute(self.conn)
            .map_err(taken_or_unavailable)?;
        given.iter().filter(|(_, is)| *is).for_each(|(name, _)| self.trail.subject(Subject::Field(name)));
        Ok(saved == 1)
    }

    fn set_members(&mut self, id: TeamId, members: &[StaffId]) -> Result<bool> {
        let tenant = self.tenant_id();
        let wanted: BTreeSet<Uuid> = members.iter().map(|member| member.uuid()).collect();
        let active: i64 = staff_user::table
            .filter(staff_user::tenant_id.eq(tenant))
            .filter(staff_user::id.eq_any(wanted.iter().copied().collect::<Vec<_>>()))
            .filter(staff_user::is_active)
            .count()
            .get_result(self.conn)
            .map_err(unavailable)?;
        if usize::try_from(active).ok() != Some(wanted.len()) {
            return Ok(false);
        }
        let before = self.members_of(id)?;
        // Whoever leaves and whoever joins.
        for staff in before.symmetric_difference(&wanted) {
            self.trail.subject(Subject::Staff(StaffId::new(*staff)));
        }
        let ids: Vec<Uuid> = wanted.into_iter().collect();
        diesel::update(team_member::table)
            .filter(team_member::tenant_id.eq(tenant))
            .filter(team_member::team_id.eq(id.uuid()))
            .filter(team_member::left_at.is_null())
            .filter(team_member::staff_id.ne_all(ids.clone()))
            .set(team_member::left_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        let rows: Vec<_> = ids
            .into_iter()
            .map(|staff| {
                (
                    team_member::tenant_id.eq(tenant),
                    team_member::team_id.eq(id.uuid()),
                    team_member::staff_id.eq(staff),
                )
            })
            .collect();
        diesel::insert_into(team_member::table)
            .values(rows)
            .on_conflict((team_member::tenant_id, team_member::team_id, team_member::staff_id))
            .do_update()
            .set(team_member::left_at.eq(None::<threadwell_domain::Moment>))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(true)
    }

    fn retire(&mut self, id: TeamId) -> Result<bool> {
        let retired = diesel::update(team::table)
            .filter(team::tenant_id.eq(self.tenant_id()))
            .filter(team::id.eq(id.uuid()))
            .filter(team::retired_at.is_null())
            .set(team::retired_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(retired == 1)
    }

    fn has_open_threads(&mut self, id: TeamId) -> Result<bool> {
        let open = thread::table
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::assigned_team_id.eq(id.uuid()))
            .filter(thread::status.ne(Status::Closed.code()));
        diesel::select(exists(open)).get_result(self.conn).map_err(unavailable)
    }

    /// One statement, which waits for whoever just opens or closes one of them.
    fn release_threads(&mut self, id: TeamId) -> Result<bool> {
        let (open,) = Statement::<(BigInt,)>::new(
            "WITH released AS (UPDATE thread SET assigned_team_id = NULL, version = version + 1, \
             updated_at = GREATEST(updated_at, ",
        )
        .moment(self.now)
        .sql(") WHERE tenant_id = ")
        .uuid(self.tenant_id())
        .sql(" AND assigned_team_id = ")
        .uuid(id.uuid())
        .sql(" RETURNING status) SELECT count(*) FROM released WHERE status <> ")
        .code(Status::Closed.code())
        .get_result::<(i64,)>(self.conn)
        .map_err(unavailable)?;
        Ok(open == 0)
    }
}

impl PgTransaction<'_> {
    fn members_of(&mut self, id: TeamId) -> Result<BTreeSet<Uuid>> {
        let members: Vec<Uuid> = team_member::table
            .filter(team_member::tenant_id.eq(self.tenant_id()))
            .filter(team_member::team_id.eq(id.uuid()))
            .filter(team_member::left_at.is_null())
            .select(team_member::staff_id)
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(members.into_iter().collect())
    }
}

fn taken_or_unavailable(source: Diesel) -> Error {
    if is_unique_violation(&source) {
        Error::field("/name", FieldProblem::Taken)
    } else {
        unavailable(source)
    }
}
