//! Rotation of refresh tokens.
//!
//! Each token of a session has a generation, and the session remembers the newest one that was presented. Presenting
//! the next one moves the session on and makes its successor known; presenting the newest again gives the same
//! successor again (an answer was lost, or several tabs raced); presenting an older one means that somebody holds a
//! copy. **Invariant:** all of it happens under the session's row lock, so that a session has one live branch.

use crate::binding::{bind_account, bind_refresh_token, bind_session};
use crate::errors::{corrupt, unavailable};
use crate::schema::{portal_account, refresh_token, session, staff_user};
use crate::session_row::{idle_limit, method_of};
use crate::sessions::{ACCOUNT, STAFF};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::access::{Audience, SessionFacts, Subject};
use threadwell_application::ports::{Change, Changes, Devices, SessionOwner};
use threadwell_domain::access::Relationship;
use threadwell_domain::practice::Rest;
use threadwell_domain::{AccountId, Moment, PatientId, SessionId, StaffId};
use uuid::Uuid;

/// A session under its row lock.
pub(super) struct LockedSession {
    pub(super) owner: SessionOwner,
    pub(super) facts: SessionFacts,
    pub(super) refresh_generation: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = session, check_for_backend(diesel::pg::Pg))]
struct SessionRow {
    staff_id: Option<Uuid>,
    account_id: Option<Uuid>,
    acting_for_patient_id: Option<Uuid>,
    acting_for_relationship: Option<i16>,
    refresh_generation: i32,
    idle_limit_seconds: i32,
    last_activity_at: Moment,
    expires_at: Moment,
    revoked_at: Option<Moment>,
    method: i16,
    stepped_up_at: Option<Moment>,
}

impl PgTransaction<'_> {
    /// The session and generation of a token of the caller's audience.
    pub(super) fn find_refresh_token(&mut self, hash: &[u8; 32]) -> Result<Option<(SessionId, i32)>> {
        bind_refresh_token(self.conn, hash).map_err(unavailable)?;
        let row = refresh_token::table
            .filter(refresh_token::tenant_id.eq(self.tenant_id()))
            .filter(refresh_token::token_hash.eq(hash.as_slice()))
            .filter(refresh_token::owner_kind.eq(self.owner_kind()))
            .select((refresh_token::session_id, refresh_token::generation))
            .first::<(Uuid, i32)>(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(row.map(|(id, generation)| (SessionId::new(id), generation)))
    }

    pub(super) fn lock_session(&mut self, id: SessionId) -> Result<Option<LockedSession>> {
        bind_session(self.conn, id).map_err(unavailable)?;
        let found: Option<SessionRow> = session::table
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::id.eq(id.uuid()))
            .select(SessionRow::as_select())
            .for_no_key_update()
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some(row) = found else { return Ok(None) };
        row.locked(id, self.rest()?).map(Some)
    }

    /// The owner as it is now: `None` if it may no longer sign in. An account whose grant has ended meanwhile acts for
    /// nobody until it chooses again.
    pub(super) fn admitted(&mut self, session: &LockedSession) -> Result<Option<SessionOwner>> {
        match session.owner {
            SessionOwner::Staff(staff) => {
                let is_active = staff_user::table
                    .filter(staff_user::tenant_id.eq(self.tenant_id()))
                    .filter(staff_user::id.eq(staff.uuid()))
                    .select(staff_user::is_active)
                    .first::<bool>(self.conn)
                    .optional()
                    .map_err(unavailable)?;
                Ok(is_active.unwrap_or(false).then_some(session.owner))
            }
            SessionOwner::Account { account, acting_for } => {
                if !self.is_account_active(account)? {
                    return Ok(None);
                }
                let Some((patient, _)) = acting_for else { return Ok(Some(session.owner)) };
                let grant = self.grants_of(account)?.into_iter().find(|grant| grant.patient == patient);
                let acting_for = grant.map(|grant| (grant.patient, grant.relationship));
                Ok(Some(SessionOwner::Account { account, acting_for }))
            }
        }
    }

    /// Moves the session on to the presented generation and makes the next one known.
    pub(super) fn advance_generation(&mut self, id: SessionId, to: i32, successor: &[u8; 32]) -> Result<()> {
        diesel::update(session::table)
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::id.eq(id.uuid()))
            .set(session::refresh_generation.eq(to))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.add_refresh_token(id, to + 1, successor)
    }

    pub(super) fn add_refresh_token(
        &mut self,
        id: SessionId,
        generation: i32,
        hash: &[u8; 32],
    ) -> Result<()> {
        diesel::insert_into(refresh_token::table)
            .values((
                refresh_token::tenant_id.eq(self.tenant_id()),
                refresh_token::token_hash.eq(hash.as_slice()),
                refresh_token::session_id.eq(id.uuid()),
                refresh_token::owner_kind.eq(self.owner_kind()),
                refresh_token::generation.eq(generation),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    /// Revokes a session of the caller's audience that was not revoked before, forgets where its device takes push
    /// notifications, and tells its streams. Whether there was one.
    pub(crate) fn end_session(&mut self, id: SessionId) -> Result<bool> {
        let ended = diesel::update(session::table)
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::id.eq(id.uuid()))
            .filter(session::owner_kind.eq(self.owner_kind()))
            .filter(session::revoked_at.is_null())
            .set(session::revoked_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        if ended == 1 {
            self.trail.subject(Subject::Session(id));
            self.forget_push(id)?;
            // The change is written with the commit, when another session may be bound.
            self.closing.push(&format!("SET LOCAL app.session_id = '{id}'"));
            self.publish(&Change::SessionEnded(id))?;
        }
        Ok(ended == 1)
    }

    /// Which kind of person the caller's audience has.
    pub(crate) const fn owner_kind(&self) -> i16 {
        match self.audience() {
            Some(Audience::Portal) => ACCOUNT,
            Some(Audience::Staff) | None => STAFF,
        }
    }

    fn is_account_active(&mut self, account: AccountId) -> Result<bool> {
        bind_account(self.conn, account).map_err(unavailable)?;
        let is_active = portal_account::table
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::id.eq(account.uuid()))
            .select(portal_account::is_active)
            .first::<bool>(self.conn)
            .optional()
            .map_err(unavailable)?;
        Ok(is_active.unwrap_or(false))
    }
}

impl SessionRow {
    fn locked(self, id: SessionId, rest: Rest) -> Result<LockedSession> {
        let owner = match (self.staff_id, self.account_id) {
            (Some(staff), None) => SessionOwner::Staff(StaffId::new(staff)),
            (None, Some(account)) => {
                SessionOwner::Account { account: AccountId::new(account), acting_for: self.acting_for(id)? }
            }
            _ => return Err(corrupt("session", "owner_kind", id.uuid())),
        };
        let audience = owner.audience();
        Ok(LockedSession {
            owner,
            refresh_generation: self.refresh_generation,
            facts: SessionFacts {
                is_revoked: self.revoked_at.is_some(),
                expires_at: self.expires_at,
                last_activity_at: self.last_activity_at,
                idle_limit: idle_limit(audience, self.idle_limit_seconds, rest),
                method: method_of(self.method)?,
                stepped_up_at: self.stepped_up_at,
            },
        })
    }

    fn acting_for(&self, id: SessionId) -> Result<Option<(PatientId, Relationship)>> {
        let (Some(patient), Some(code)) = (self.acting_for_patient_id, self.acting_for_relationship) else {
            return Ok(None);
        };
        let relationship = Relationship::from_code(code)
            .ok_or_else(|| corrupt("session", "acting_for_relationship", id.uuid()))?;
        Ok(Some((PatientId::new(patient), relationship)))
    }
}
