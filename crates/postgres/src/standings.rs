//! What the sessions of open streams are worth: one query for each side of a practice.

use crate::door::{categories, grant};
use crate::errors::unavailable;
use crate::people::role_of;
use crate::schema::{patient_access, portal_account, role_scope, session, staff_user, tenant};
use crate::session_row::{SESSION, SessionRow, session_facts};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::access::{Audience, SignInMethod};
use threadwell_application::ports::{AccountStanding, StaffStanding, Standings};
use threadwell_domain::practice::AddressRange;
use threadwell_domain::thread::CategorySet;
use threadwell_domain::{AccountId, Moment, SessionId, StaffId};
use uuid::Uuid;

type StaffRow = (Uuid, SessionRow, (Uuid, bool, i16), Option<i16>, (bool, Option<Moment>));
type AccountRow = (Uuid, SessionRow, (Uuid, bool), (Uuid, i16, i16, Option<Moment>));

impl Standings for PgTransaction<'_> {
    fn staff_ranges(&mut self) -> Result<Vec<AddressRange>> {
        self.staff_addresses()
    }

    fn of_staff(&mut self, sessions: &[SessionId]) -> Result<Vec<StaffStanding>> {
        let (practice, now) = (self.tenant_id(), self.now);
        let rows: Vec<StaffRow> =
            session::table
                .inner_join(staff_user::table.on(
                    staff_user::tenant_id.eq(practice).and(staff_user::id.nullable().eq(session::staff_id)),
                ))
                .inner_join(tenant::table.on(tenant::id.eq(practice)))
                .left_join(
                    role_scope::table
                        .on(role_scope::tenant_id.eq(practice).and(role_scope::role.eq(staff_user::role))),
                )
                .filter(session::tenant_id.eq(practice))
                .filter(session::id.eq_any(ids(sessions)))
                .select((
                    session::id,
                    SESSION,
                    (staff_user::id, staff_user::is_active, staff_user::role),
                    role_scope::categories.nullable(),
                    (tenant::staff_need_second_factor, session::emergency_until),
                ))
                .load(self.conn)
                .map_err(unavailable)?;
        Ok(rows.into_iter().filter_map(|row| understood(staff_standing(row, now))).collect())
    }

    fn of_accounts(&mut self, sessions: &[SessionId]) -> Result<Vec<AccountStanding>> {
        let practice = self.tenant_id();
        let rows: Vec<AccountRow> = session::table
            .inner_join(
                portal_account::table.on(portal_account::tenant_id
                    .eq(practice)
                    .and(portal_account::id.nullable().eq(session::account_id))),
            )
            .inner_join(tenant::table.on(tenant::id.eq(practice)))
            .inner_join(
                patient_access::table.on(patient_access::tenant_id
                    .eq(practice)
                    .and(patient_access::account_id.eq(portal_account::id))
                    .and(patient_access::ended_at.is_null())),
            )
            .filter(session::tenant_id.eq(practice))
            .filter(session::id.eq_any(ids(sessions)))
            .select((
                session::id,
                SESSION,
                (portal_account::id, portal_account::is_active),
                (
                    patient_access::patient_id,
                    patient_access::relationship,
                    patient_access::scope,
                    patient_access::expires_at,
                ),
            ))
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(rows.into_iter().filter_map(|row| understood(account_standing(row))).collect())
    }
}

/// A row that this build does not understand admits nobody, and holds up nobody else.
fn understood<T>(standing: Result<T>) -> Option<T> {
    standing.inspect_err(|error| tracing::error!(%error, "a session's standing cannot be understood")).ok()
}

fn ids(sessions: &[SessionId]) -> Vec<Uuid> {
    sessions.iter().map(|id| id.uuid()).collect()
}

fn staff_standing(
    (session, facts, (staff, is_active, role), scope, (needs_second_factor, emergency_until)): StaffRow,
    now: Moment,
) -> Result<StaffStanding> {
    let role = role_of(role, staff)?;
    let facts = session_facts(Audience::Staff, facts)?;
    let proved = !needs_second_factor || facts.method != SignInMethod::Password;
    let is_emergency = emergency_until.is_some_and(|until| now < until);
    Ok(StaffStanding {
        session: SessionId::new(session),
        staff: StaffId::new(staff),
        facts,
        is_active: is_active && proved,
        role,
        categories: if is_emergency { CategorySet::ALL } else { categories(role, scope, staff)? },
    })
}

fn account_standing((session, facts, (account, is_active), granted): AccountRow) -> Result<AccountStanding> {
    Ok(AccountStanding {
        session: SessionId::new(session),
        account: AccountId::new(account),
        facts: session_facts(Audience::Portal, facts)?,
        is_active,
        grant: grant(granted)?,
    })
}
