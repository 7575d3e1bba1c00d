//! Colleagues, teams, and what their roles see.

use crate::errors::{corrupt, unavailable};
use crate::schema::{role_scope, staff_user, team, team_member};
use crate::transaction::PgTransaction;
use diesel::dsl::{exists, select};
use diesel::prelude::*;
use std::collections::HashMap;
use threadwell_application::Result;
use threadwell_application::access::Actor;
use threadwell_application::ports::{People, StaffView, TeamView};
use threadwell_domain::access::Role;
use threadwell_domain::thread::{Assignee, Category, CategorySet};
use threadwell_domain::{StaffId, TeamId};
use uuid::Uuid;

impl People for PgTransaction<'_> {
    fn staff(&mut self) -> Result<Vec<StaffView>> {
        let scopes = self.role_scopes()?;
        let rows = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::is_active)
            .order((staff_user::full_name, staff_user::id))
            .select((staff_user::id, staff_user::full_name, staff_user::title, staff_user::role))
            .load::<(Uuid, String, Option<String>, i16)>(self.conn)
            .map_err(unavailable)?;
        let view = |(id, full_name, title, code)| {
            let role = role_of(code, id)?;
            Ok(StaffView { id: StaffId::new(id), full_name, title, role, categories: scopes.of(role) })
        };
        rows.into_iter().map(view).collect()
    }

    fn teams(&mut self) -> Result<Vec<TeamView>> {
        let tenant = self.tenant_id();
        let teams = team::table
            .filter(team::tenant_id.eq(tenant))
            .filter(team::retired_at.is_null())
            .order((team::name, team::id))
            .select((team::id, team::name, team::categories))
            .load::<(Uuid, String, i16)>(self.conn)
            .map_err(unavailable)?;
        let mut members = self.members_by_team()?;
        let view = |(id, name, bits): (Uuid, String, i16)| {
            Ok(TeamView {
                id: TeamId::new(id),
                name,
                categories: CategorySet::from_bits(bits).ok_or_else(|| corrupt("team", "categories", id))?,
                members: members.remove(&id).unwrap_or_default(),
            })
        };
        teams.into_iter().map(view).collect()
    }

    fn can_take(&mut self, assignee: Assignee, category: Category) -> Result<bool> {
        let candidates = match assignee {
            Assignee::Staff(id) if self.hold_staff(id)? => vec![id.uuid()],
            Assignee::Staff(_) => Vec::new(),
            Assignee::Team(id) if self.hold_team(id)? => self.member_ids(&[id.uuid()])?,
            Assignee::Team(_) => Vec::new(),
        };
        Ok(!self.able_staff(&candidates, category)?.is_empty())
    }

    fn is_known(&mut self, assignee: Assignee) -> Result<bool> {
        let tenant = self.tenant_id();
        let found = match assignee {
            Assignee::Staff(id) => {
                let one = staff_user::table.filter(staff_user::tenant_id.eq(tenant));
                select(exists(one.filter(staff_user::id.eq(id.uuid())))).get_result(self.conn)
            }
            Assignee::Team(id) => {
                let one = team::table.filter(team::tenant_id.eq(tenant));
                select(exists(one.filter(team::id.eq(id.uuid())))).get_result(self.conn)
            }
        };
        found.map_err(unavailable)
    }
}

/// A person who is active and sees a category.
pub(crate) struct AbleStaff {
    pub(crate) id: Uuid,
    pub(crate) is_mail_on: bool,
}

impl PgTransaction<'_> {
    /// Which categories the roles of this practice see.
    pub(crate) fn role_scopes(&mut self) -> Result<RoleScopes> {
        let rows = role_scope::table
            .filter(role_scope::tenant_id.eq(self.tenant_id()))
            .select((role_scope::role, role_scope::categories))
            .load::<(i16, i16)>(self.conn)
            .map_err(unavailable)?;
        let tenant = self.tenant_id();
        let parse = |(role, bits)| {
            let role = Role::from_code(role).ok_or_else(|| corrupt("role_scope", "role", tenant))?;
            let set =
                CategorySet::from_bits(bits).ok_or_else(|| corrupt("role_scope", "categories", tenant))?;
            Ok((role, set))
        };
        rows.into_iter().map(parse).collect::<Result<_>>().map(RoleScopes)
    }

    /// Those of the people who are active and see the category.
    pub(crate) fn able_staff(&mut self, people: &[Uuid], category: Category) -> Result<Vec<AbleStaff>> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let scopes = self.role_scopes()?;
        let rows = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::id.eq_any(people))
            .filter(staff_user::is_active)
            .order(staff_user::id)
            .select((staff_user::id, staff_user::role, staff_user::mail_enabled))
            .load::<(Uuid, i16, bool)>(self.conn)
            .map_err(unavailable)?;
        let mut able = Vec::with_capacity(rows.len());
        for (id, code, is_mail_on) in rows {
            if scopes.of(role_of(code, id)?).contains(category) {
                able.push(AbleStaff { id, is_mail_on });
            }
        }
        Ok(able)
    }

    /// Whether there is such a person. Neither role nor activity changes before the transaction ends.
    fn hold_staff(&mut self, id: StaffId) -> Result<bool> {
        let found: Option<Uuid> = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::id.eq(id.uuid()))
            .select(staff_user::id)
            .for_share()
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(found.is_some())
    }

    /// Whether there is such a team. It is not taken out of use before the transaction ends.
    fn hold_team(&mut self, id: TeamId) -> Result<bool> {
        let found: Option<Uuid> = team::table
            .filter(team::tenant_id.eq(self.tenant_id()))
            .filter(team::id.eq(id.uuid()))
            .filter(team::retired_at.is_null())
            .select(team::id)
            .for_share()
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(found.is_some())
    }

    /// The members of any of the teams.
    pub(crate) fn member_ids(&mut self, teams: &[Uuid]) -> Result<Vec<Uuid>> {
        team_member::table
            .filter(team_member::tenant_id.eq(self.tenant_id()))
            .filter(team_member::team_id.eq_any(teams))
            .filter(team_member::left_at.is_null())
            .select(team_member::staff_id)
            .distinct()
            .load(self.conn)
            .map_err(unavailable)
    }

    /// The teams on duty for a category.
    pub(crate) fn teams_on_duty(&mut self, category: Category) -> Result<Vec<Uuid>> {
        let rows = team::table
            .filter(team::tenant_id.eq(self.tenant_id()))
            .filter(team::retired_at.is_null())
            .select((team::id, team::categories))
            .load::<(Uuid, i16)>(self.conn)
            .map_err(unavailable)?;
        let mut on_duty = Vec::new();
        for (id, bits) in rows {
            let set = CategorySet::from_bits(bits).ok_or_else(|| corrupt("team", "categories", id))?;
            if set.contains(category) {
                on_duty.push(id);
            }
        }
        Ok(on_duty)
    }

    fn members_by_team(&mut self) -> Result<HashMap<Uuid, Vec<(StaffId, String)>>> {
        let tenant = self.tenant_id();
        let same_person = staff_user::tenant_id.eq(tenant).and(staff_user::id.eq(team_member::staff_id));
        let rows = team_member::table
            .inner_join(staff_user::table.on(same_person))
            .filter(team_member::tenant_id.eq(tenant))
            .filter(team_member::left_at.is_null())
            .filter(staff_user::is_active)
            .order((staff_user::full_name, staff_user::id))
            .select((team_member::team_id, staff_user::id, staff_user::full_name))
            .load::<(Uuid, Uuid, String)>(self.conn)
            .map_err(unavailable)?;
        let mut members: HashMap<Uuid, Vec<(StaffId, String)>> = HashMap::new();
        for (team, id, name) in rows {
            members.entry(team).or_default().push((StaffId::new(id), name));
        }
        Ok(members)
    }
}

/// What each role sees in one practice: its own decision, else the default.
pub(crate) struct RoleScopes(HashMap<Role, CategorySet>);

impl RoleScopes {
    pub(crate) fn of(&self, role: Role) -> CategorySet {
        self.0.get(&role).copied().unwrap_or_else(|| role.default_categories())
    }
}

pub(crate) fn role_of(code: i16, staff: Uuid) -> Result<Role> {
    Role::from_code(code).ok_or_else(|| corrupt("staff_user", "role", staff))
}

impl PgTransaction<'_> {
    /// Who is named as the author of a change: the staff member at work, nobody for the practice's founding.
    pub(crate) fn author(&self) -> Option<Uuid> {
        match &self.actor {
            Actor::Staff(staff) => Some(staff.id().uuid()),
            Actor::Portal(_) | Actor::Visitor | Actor::Worker | Actor::Operator => None,
        }
    }
}
