//! Sign-in, refresh, sign-out, and who one is.

mod grants;
mod login;
mod refresh;

use crate::binding::bind_session;
use crate::errors::unavailable;
use crate::people::role_of;
use crate::schema::{portal_account, session, staff_user};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::access::{Audience, Subject};
use threadwell_application::ports::{
    AccountProfile, LoginRecord, NewSession, PresentedRefresh, RefreshOutcome, SessionOwner, Sessions,
    StaffProfile,
};
use threadwell_application::{Error, Result, SessionRefusal};
use threadwell_crypto::normalise;
use threadwell_domain::access::Grant;
use threadwell_domain::{AccountId, Phi, SessionId, StaffId};

/// Persons as rows name them: in sessions, read cursors and the outbox alike.
pub(crate) const STAFF: i16 = 0;
pub(crate) const ACCOUNT: i16 = 1;

impl Sessions for PgTransaction<'_> {
    fn login_record(&mut self, email: &Phi) -> Result<Option<LoginRecord>> {
        let email = normalise::email(email.expose());
        match self.audience() {
            Some(Audience::Staff) => self.staff_login(&email),
            Some(Audience::Portal) => self.account_login(&email),
            None => Err(Error::Denied),
        }
    }

    fn is_outside(&mut self) -> Result<bool> {
        match self.audience() {
            Some(Audience::Staff) => self.is_no_staff_address(),
            Some(Audience::Portal) | None => Ok(false),
        }
    }

    fn open(&mut self, new: &NewSession) -> Result<()> {
        if self.is_outside()? {
            return Err(Error::AddressNotAllowed);
        }
        let (staff, account, acting_for) = match new.owner {
            SessionOwner::Staff(staff) => (Some(staff.uuid()), None, None),
            SessionOwner::Account { account, acting_for } => (None, Some(account.uuid()), acting_for),
        };
        bind_session(self.conn, new.id).map_err(unavailable)?;
        let idle_seconds = i32::try_from(new.idle_limit.num_seconds()).unwrap_or(i32::MAX);
        diesel::insert_into(session::table)
            .values((
                session::tenant_id.eq(self.tenant_id()),
                session::id.eq(new.id.uuid()),
                session::owner_kind.eq(self.owner_kind()),
                session::staff_id.eq(staff),
                session::account_id.eq(account),
                session::acting_for_patient_id.eq(acting_for.map(|(patient, _)| patient.uuid())),
                session::acting_for_relationship.eq(acting_for.map(|(_, relationship)| relationship.code())),
                session::method.eq(new.method.code()),
                session::stepped_up_at.eq(new.has_stepped_up.then_some(self.now)),
                session::idle_limit_seconds.eq(idle_seconds),
                session::created_at.eq(self.now),
                session::last_activity_at.eq(self.now),
                session::expires_at.eq(new.expires_at),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.trail.session(new.id);
        self.trail.subject(new.owner);
        self.add_refresh_token(new.id, 1, &new.refresh_hash)
    }

    fn exchange(&mut self, presented: &PresentedRefresh) -> Result<RefreshOutcome> {
        let Some((id, generation)) = self.find_refresh_token(&presented.hash)? else {
            return Ok(RefreshOutcome::Unknown);
        };
        let Some(found) = self.lock_session(id)? else { return Ok(RefreshOutcome::Unknown) };
        self.trail.session(id);
        self.trail.subject(found.owner);
        self.trail.subject(Subject::Session(id));
        match found.facts.check(self.now) {
            Err(SessionRefusal::Invalid) => return Ok(RefreshOutcome::Unknown),
            Err(SessionRefusal::Expired) => return Ok(RefreshOutcome::Expired),
            // Refreshing is no way around: the door asks for the factor at the request that follows.
            Err(SessionRefusal::SecondFactorRequired) | Ok(()) => {}
        }
        let Some(owner) = self.admitted(&found)? else { return Ok(RefreshOutcome::Unknown) };
        if generation < found.refresh_generation {
            self.end_session(id)?;
            return Ok(RefreshOutcome::Reused { session: id, owner });
        }
        if generation > found.refresh_generation {
            self.advance_generation(id, generation, &presented.successor_hash)?;
        }
        Ok(RefreshOutcome::Continued { session: id, owner })
    }

    fn knows_refresh(&mut self, hash: &[u8; 32]) -> Result<bool> {
        let Some((id, _)) = self.find_refresh_token(hash)? else { return Ok(false) };
        let Some(found) = self.lock_session(id)? else { return Ok(false) };
        Ok(!matches!(found.facts.check(self.now), Err(SessionRefusal::Invalid | SessionRefusal::Expired)))
    }

    fn revoke_by_refresh(&mut self, hash: &[u8; 32]) -> Result<bool> {
        match self.find_refresh_token(hash)? {
            Some((id, _)) => self.revoke(id),
            None => Ok(false),
        }
    }

    fn revoke(&mut self, id: SessionId) -> Result<bool> {
        bind_session(self.conn, id).map_err(unavailable)?;
        let is_ended = self.end_session(id)?;
        if is_ended {
            self.trail.session(id);
        }
        Ok(is_ended)
    }

    fn act_for(&mut self, id: SessionId, grant: &Grant) -> Result<()> {
        diesel::update(session::table)
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::id.eq(id.uuid()))
            .filter(session::owner_kind.eq(self.owner_kind()))
            .set((
                session::acting_for_patient_id.eq(grant.patient.uuid()),
                session::acting_for_relationship.eq(grant.relationship.code()),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.trail.patient(grant.patient);
        Ok(())
    }

    fn staff_profile(&mut self, id: StaffId) -> Result<Option<StaffProfile>> {
        let row = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::id.eq(id.uuid()))
            .select((staff_user::full_name, staff_user::title, staff_user::role, staff_user::email_enc))
            .first::<(String, Option<String>, i16, Vec<u8>)>(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some((full_name, title, role, sealed)) = row else { return Ok(None) };
        let email = self.keys()?.open("staff_user", "email_enc", id.uuid(), &sealed);
        Ok(Some(StaffProfile { id, full_name, title, email, role: role_of(role, id.uuid())? }))
    }

    fn account_profile(&mut self, id: AccountId) -> Result<Option<AccountProfile>> {
        let row = portal_account::table
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::id.eq(id.uuid()))
            .select((portal_account::full_name_enc, portal_account::email_enc, portal_account::language))
            .first::<(Vec<u8>, Vec<u8>, String)>(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some((name, email, language)) = row else { return Ok(None) };
        let keys = self.keys()?;
        let patients = self.granted_patients(id)?;
        Ok(Some(AccountProfile {
            id,
            full_name: keys.open("portal_account", "full_name_enc", id.uuid(), &name),
            email: keys.open("portal_account", "email_enc", id.uuid(), &email),
            language,
            patients,
        }))
    }
}
