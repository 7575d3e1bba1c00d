//! What people hold: sessions, factors, threads.

use crate::door::categories;
use crate::errors::unavailable;
use crate::outbox::person;
use crate::people::role_of;
use crate::presences::sight;
use crate::schema::{recovery_code, role_scope, second_factor, session, staff_user};
use crate::sql::Statement;
use crate::threads::codes;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{Bool, SmallInt, Uuid as SqlUuid};
use threadwell_application::Result;
use threadwell_application::access::Subject;
use threadwell_application::ports::{Change, Changes, Holdings, Recipient, ThreadSight};
use threadwell_domain::thread::{CategorySet, Status};
use threadwell_domain::{SessionId, StaffId};
use uuid::Uuid;

type Released = (SqlUuid, SqlUuid, SmallInt, Bool, SmallInt);

impl Holdings for PgTransaction<'_> {
    fn end_sessions(&mut self, of: Recipient) -> Result<usize> {
        self.trail.subject(of);
        let (kind, id) = person(of);
        let open = diesel::update(session::table)
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::owner_kind.eq(kind))
            .filter(session::revoked_at.is_null());
        let ended: Vec<Uuid> = match of {
            Recipient::Staff(_) => open
                .filter(session::staff_id.eq(id))
                .set(session::revoked_at.eq(self.now))
                .returning(session::id)
                .get_results(self.conn),
            Recipient::Account(_) => open
                .filter(session::account_id.eq(id))
                .set(session::revoked_at.eq(self.now))
                .returning(session::id)
                .get_results(self.conn),
        }
        .map_err(unavailable)?;
        self.forget_pushes(&ended)?;
        self.forget_devices(of, None)?;
        for id in &ended {
            self.trail.subject(Subject::Session(SessionId::new(*id)));
            self.publish(&Change::SessionEnded(SessionId::new(*id)))?;
        }
        Ok(ended.len())
    }

    fn remove_factors(&mut self, of: Recipient) -> Result<()> {
        self.trail.subject(of);
        let (staff, account) = match of {
            Recipient::Staff(id) => (Some(id.uuid()), None),
            Recipient::Account(id) => (None, Some(id.uuid())),
        };
        let (kind, _) = person(of);
        diesel::update(second_factor::table)
            .filter(second_factor::tenant_id.eq(self.tenant_id()))
            .filter(second_factor::owner_kind.eq(kind))
            .filter(second_factor::staff_id.is_not_distinct_from(staff))
            .filter(second_factor::account_id.is_not_distinct_from(account))
            .filter(second_factor::removed_at.is_null())
            .set(second_factor::removed_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        diesel::update(recovery_code::table)
            .filter(recovery_code::tenant_id.eq(self.tenant_id()))
            .filter(recovery_code::owner_kind.eq(kind))
            .filter(recovery_code::staff_id.is_not_distinct_from(staff))
            .filter(recovery_code::account_id.is_not_distinct_from(account))
            .filter(recovery_code::used_at.is_null())
            .filter(recovery_code::replaced_at.is_null())
            .set(recovery_code::replaced_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    /// One statement for each person, which waits for whoever just gives the person a thread.
    fn release_threads(&mut self, of: &[StaffId]) -> Result<Vec<ThreadSight>> {
        let mut released = Vec::new();
        for staff in of {
            let lost = codes(self.lost_categories(*staff)?);
            if !lost.is_empty() {
                self.release_from(*staff, lost, &mut released)?;
            }
        }
        Ok(released)
    }
}

impl PgTransaction<'_> {
    /// The categories that do not exist for somebody: all, for who is active no more.
    fn lost_categories(&mut self, staff: StaffId) -> Result<CategorySet> {
        let tenant = self.tenant_id();
        let (is_active, role, scope): (bool, i16, Option<i16>) = staff_user::table
            .left_join(
                role_scope::table
                    .on(role_scope::tenant_id.eq(tenant).and(role_scope::role.eq(staff_user::role))),
            )
            .filter(staff_user::tenant_id.eq(tenant))
            .filter(staff_user::id.eq(staff.uuid()))
            .select((staff_user::is_active, staff_user::role, role_scope::categories.nullable()))
            .first(self.conn)
            .map_err(unavailable)?;
        if !is_active {
            return Ok(CategorySet::ALL);
        }
        let seen = categories(role_of(role, staff.uuid())?, scope, staff.uuid())?;
        let lost: Vec<_> = CategorySet::ALL.iter().filter(|category| !seen.contains(*category)).collect();
        Ok(CategorySet::of(&lost))
    }

    fn release_from(&mut self, staff: StaffId, lost: Vec<i16>, to: &mut Vec<ThreadSight>) -> Result<()> {
        let rows: Vec<(Uuid, Uuid, i16, bool, i16)> = Statement::<Released>::new(
            "UPDATE thread SET assigned_staff_id = NULL, version = version + 1, updated_at = GREATEST(updated_at, ",
        )
        .moment(self.now)
        .sql(") WHERE tenant_id = ")
        .uuid(self.tenant_id())
        .sql(" AND assigned_staff_id = ")
        .uuid(staff.uuid())
        .sql(" AND category = ANY (")
        .codes(lost)
        .sql(") RETURNING id, patient_id, category, is_confidential, status")
        .load(self.conn)
        .map_err(unavailable)?;
        for (id, patient, category, is_confidential, status) in rows {
            self.trail.thread(threadwell_domain::ThreadId::new(id));
            if status != Status::Closed.code() {
                to.push(sight((id, patient, category, is_confidential))?);
            }
        }
        Ok(())
    }
}
