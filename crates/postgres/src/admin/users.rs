//! Who is on the staff, and what roles see.

use crate::errors::{is_unique_violation, unavailable};
use crate::people::role_of;
use crate::schema::{role_scope, second_factor, session, staff_user, team, team_member};
use crate::sessions::STAFF;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::result::Error as Diesel;
use diesel::sql_types::Text;
use std::collections::{HashMap, HashSet};
use threadwell_application::access::Subject;
use threadwell_application::ports::{NewUser, UserChanges, UserState, UserView, Users};
use threadwell_application::{Error, FieldProblem, Result};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::access::Role;
use threadwell_domain::person::EmailAddress;
use threadwell_domain::thread::CategorySet;
use threadwell_domain::{Moment, StaffId, TeamId};
use uuid::Uuid;

const TABLE: &str = "staff_user";
const LOCK: Scope = Scope::new("admins-lock");

#[derive(Queryable)]
struct UserRow {
    id: Uuid,
    full_name: String,
    title: Option<String>,
    email_enc: Vec<u8>,
    role: i16,
    is_active: bool,
    has_password: bool,
    version: i32,
}

impl Users for PgTransaction<'_> {
    fn list(&mut self) -> Result<Vec<UserView>> {
        self.user_views(None)
    }

    fn user(&mut self, id: StaffId) -> Result<Option<UserView>> {
        Ok(self.user_views(Some(id))?.pop())
    }

    fn by_email(&mut self, email: &EmailAddress) -> Result<Option<StaffId>> {
        let hash = self.staff_email_hash(email)?;
        let found: Option<Uuid> = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::email_hash.eq(hash.as_slice()))
            .select(staff_user::id)
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(found.map(StaffId::new))
    }

    fn hold_admins(&mut self) -> Result<Vec<StaffId>> {
        let lock = self.keys()?.index().token(LOCK, "");
        Statement::<(Text,)>::new("SELECT pg_advisory_xact_lock(")
            .big_int(lock)
            .sql(")::text")
            .execute(self.conn)
            .map_err(unavailable)?;
        let admins: Vec<Uuid> = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::role.eq(Role::Admin.code()))
            .filter(staff_user::is_active)
            .filter(staff_user::password_hash.is_not_null())
            .select(staff_user::id)
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(admins.into_iter().map(StaffId::new).collect())
    }

    fn add_user(&mut self, id: StaffId, user: &NewUser) -> Result<()> {
        let (keys, hash) = (self.keys()?, self.staff_email_hash(&user.email)?);
        let sealed = keys.seal(TABLE, "email_enc", id.uuid(), user.email.as_phi().expose())?;
        diesel::insert_into(staff_user::table)
            .values((
                staff_user::tenant_id.eq(self.tenant_id()),
                staff_user::id.eq(id.uuid()),
                staff_user::email_hash.eq(hash.as_slice()),
                staff_user::email_enc.eq(sealed),
                staff_user::full_name.eq(user.full_name.as_phi().expose()),
                staff_user::title.eq(user.title.as_ref().map(|title| title.as_phi().expose())),
                staff_user::role.eq(user.role.code()),
                staff_user::created_at.eq(self.now),
            ))
            .execute(self.conn)
            .map_err(taken_or_unavailable)?;
        self.trail.subject(Subject::Staff(id));
        self.trail.subject(Subject::Role(user.role));
        match &user.teams {
            None => self.join_default_teams(id, user.role),
            Some(teams) => self.join_teams(id, teams),
        }
    }

    fn save_user(&mut self, id: StaffId, changes: &UserChanges) -> Result<()> {
        self.trail.subject(Subject::Staff(id));
        let keys = self.keys()?;
        let email = match &changes.email {
            Some(email) => {
                let sealed = keys.seal(TABLE, "email_enc", id.uuid(), email.as_phi().expose())?;
                let hash = self.staff_email_hash(email)?.to_vec();
                Some((staff_user::email_hash.eq(hash), staff_user::email_enc.eq(sealed)))
            }
            None => None,
        };
        let title = changes.title.as_ref().map(|title| title.as_ref().map(|title| title.as_phi().expose()));
        let name = changes.full_name.as_ref().map(|name| name.as_phi().expose());
        diesel::update(staff_user::table)
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::id.eq(id.uuid()))
            .set((
                staff_user::version.eq(staff_user::version + 1),
                email,
                name.map(|name| staff_user::full_name.eq(name)),
                title.map(|title| staff_user::title.eq(title)),
                changes.role.map(|role| staff_user::role.eq(role.code())),
                changes.is_active.map(|is_active| staff_user::is_active.eq(is_active)),
            ))
            .execute(self.conn)
            .map(drop)
            .map_err(taken_or_unavailable)
    }

    fn role_categories(&mut self) -> Result<Vec<(Role, CategorySet)>> {
        let scopes = self.role_scopes()?;
        Ok(Role::ALL.into_iter().map(|role| (role, scopes.of(role))).collect())
    }

    fn set_role_categories(&mut self, role: Role, categories: CategorySet) -> Result<()> {
        self.trail.subject(Subject::Role(role));
        diesel::insert_into(role_scope::table)
            .values((
                role_scope::tenant_id.eq(self.tenant_id()),
                role_scope::role.eq(role.code()),
                role_scope::categories.eq(categories.bits()),
            ))
            .on_conflict((role_scope::tenant_id, role_scope::role))
            .do_update()
            .set(role_scope::categories.eq(categories.bits()))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }
}

impl PgTransaction<'_> {
    fn staff_email_hash(&self, email: &EmailAddress) -> Result<[u8; 32]> {
        Ok(self.keys()?.index().hash(Scope::STAFF_EMAIL, &normalise::email(email.as_phi().expose())))
    }

    fn user_views(&mut self, only: Option<StaffId>) -> Result<Vec<UserView>> {
        let mut query = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .order((staff_user::full_name, staff_user::id))
            .select((
                staff_user::id,
                staff_user::full_name,
                staff_user::title,
                staff_user::email_enc,
                staff_user::role,
                staff_user::is_active,
                staff_user::password_hash.is_not_null(),
                staff_user::version,
            ))
            .into_boxed();
        if let Some(id) = only {
            query = query.filter(staff_user::id.eq(id.uuid()));
        }
        let rows: Vec<UserRow> = query.load(self.conn).map_err(unavailable)?;
        let (keys, proved, seen) = (self.keys()?, self.staff_with_factors()?, self.last_sign_ins()?);
        let mut teams = self.teams_by_member()?;
        rows.into_iter()
            .map(|row| {
                let id = row.id;
                Ok(UserView {
                    id: StaffId::new(id),
                    email: keys.open(TABLE, "email_enc", id, &row.email_enc),
                    role: role_of(row.role, id)?,
                    state: state(row.is_active, row.has_password),
                    has_second_factor: proved.contains(&id),
                    last_sign_in_at: seen.get(&id).copied(),
                    teams: teams.remove(&id).unwrap_or_default(),
                    full_name: row.full_name,
                    title: row.title,
                    version: row.version,
                })
            })
            .collect()
    }

    fn staff_with_factors(&mut self) -> Result<HashSet<Uuid>> {
        let rows: Vec<Option<Uuid>> = second_factor::table
            .filter(second_factor::tenant_id.eq(self.tenant_id()))
            .filter(second_factor::owner_kind.eq(STAFF))
            .filter(second_factor::confirmed_at.is_not_null())
            .filter(second_factor::removed_at.is_null())
            .select(second_factor::staff_id)
            .distinct()
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(rows.into_iter().flatten().collect())
    }

    fn last_sign_ins(&mut self) -> Result<HashMap<Uuid, Moment>> {
        let rows: Vec<(Option<Uuid>, Option<Moment>)> = session::table
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::owner_kind.eq(STAFF))
            .group_by(session::staff_id)
            .select((session::staff_id, max(session::created_at)))
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(rows.into_iter().filter_map(|(id, at)| id.zip(at)).collect())
    }

    fn teams_by_member(&mut self) -> Result<HashMap<Uuid, Vec<(TeamId, String)>>> {
        let tenant = self.tenant_id();
        let rows: Vec<(Uuid, Uuid, String)> = team_member::table
            .inner_join(team::table.on(team::tenant_id.eq(tenant).and(team::id.eq(team_member::team_id))))
            .filter(team_member::tenant_id.eq(tenant))
            .filter(team_member::left_at.is_null())
            .filter(team::retired_at.is_null())
            .order((team::name, team::id))
            .select((team_member::staff_id, team::id, team::name))
            .load(self.conn)
            .map_err(unavailable)?;
        let mut teams: HashMap<Uuid, Vec<(TeamId, String)>> = HashMap::new();
        for (staff, id, name) in rows {
            teams.entry(staff).or_default().push((TeamId::new(id), name));
        }
        Ok(teams)
    }

    fn join_teams(&mut self, staff: StaffId, teams: &[TeamId]) -> Result<()> {
        let wanted: HashSet<Uuid> = teams.iter().map(|team| team.uuid()).collect();
        let tenant = self.tenant_id();
        let known: Vec<Uuid> = team::table
            .filter(team::tenant_id.eq(tenant))
            .filter(team::id.eq_any(wanted.iter().copied().collect::<Vec<_>>()))
            .filter(team::retired_at.is_null())
            .select(team::id)
            .load(self.conn)
            .map_err(unavailable)?;
        if known.len() != wanted.len() {
            return Err(Error::field("/teamIds", FieldProblem::Invalid));
        }
        let rows: Vec<_> = known
            .into_iter()
            .map(|team| {
                (
                    team_member::tenant_id.eq(tenant),
                    team_member::team_id.eq(team),
                    team_member::staff_id.eq(staff.uuid()),
                )
            })
            .collect();
        diesel::insert_into(team_member::table).values(rows).execute(self.conn).map_err(unavailable)?;
        Ok(())
    }
}

const fn state(is_active: bool, has_password: bool) -> UserState {
    match (is_active, has_password) {
        (false, _) => UserState::Deactivated,
        (true, true) => UserState::Active,
        (true, false) => UserState::Invited,
    }
}

fn taken_or_unavailable(source: Diesel) -> Error {
    if is_unique_violation(&source) {
        Error::field("/email", FieldProblem::Taken)
    } else {
        unavailable(source)
    }
}
