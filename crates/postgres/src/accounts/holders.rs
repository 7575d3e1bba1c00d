//! Preferences, and accounts that links open.

use crate::binding::{bind_account, bind_patients};
use crate::errors::unavailable;
use crate::schema::{patient, patient_access, portal_account, staff_user, tenant};
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use threadwell_application::access::{Audience, Subject};
use threadwell_application::ports::{Accounts, OpenedAccount, PatientFacts, Preferences, Recipient};
use threadwell_application::{Error, Result};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::access::{Grant, Relationship};
use threadwell_domain::{AccountId, Moment, PatientId, Phi};
use uuid::Uuid;

impl Accounts for PgTransaction<'_> {
    fn preferences(&mut self, person: Recipient) -> Result<Preferences> {
        let row = match person {
            Recipient::Staff(id) => staff_user::table
                .filter(staff_user::tenant_id.eq(self.tenant_id()))
                .filter(staff_user::id.eq(id.uuid()))
                .select((staff_user::mail_enabled, staff_user::language))
                .first::<(bool, String)>(self.conn),
            Recipient::Account(id) => portal_account::table
                .filter(portal_account::tenant_id.eq(self.tenant_id()))
                .filter(portal_account::id.eq(id.uuid()))
                .select((portal_account::mail_enabled, portal_account::language))
                .first::<(bool, String)>(self.conn),
        };
        let (mail_enabled, language) = row.optional().map_err(unavailable)?.ok_or(Error::NotFound)?;
        Ok(Preferences { mail_enabled, language })
    }

    fn set_preferences(&mut self, person: Recipient, wanted: &Preferences) -> Result<()> {
        let (mail_enabled, language) = (wanted.mail_enabled, wanted.language.as_str());
        let changed = match person {
            Recipient::Staff(id) => diesel::update(staff_user::table)
                .filter(staff_user::tenant_id.eq(self.tenant_id()))
                .filter(staff_user::id.eq(id.uuid()))
                .set((staff_user::mail_enabled.eq(mail_enabled), staff_user::language.eq(language)))
                .execute(self.conn),
            Recipient::Account(id) => diesel::update(portal_account::table)
                .filter(portal_account::tenant_id.eq(self.tenant_id()))
                .filter(portal_account::id.eq(id.uuid()))
                .set((portal_account::mail_enabled.eq(mail_enabled), portal_account::language.eq(language)))
                .execute(self.conn),
        };
        changed.map(drop).map_err(unavailable)
    }

    fn patient_facts(&mut self, id: PatientId) -> Result<Option<PatientFacts>> {
        bind_patients(self.conn, &[id]).map_err(unavailable)?;
        let row = patient::table
            .filter(patient::tenant_id.eq(self.tenant_id()))
            .filter(patient::id.eq(id.uuid()))
            .select((patient::name_enc, patient::birth_date_enc, patient::language))
            .first::<(Vec<u8>, Option<Vec<u8>>, String)>(self.conn)
            .optional()
            .map_err(unavailable)?;
        let keys = self.keys()?;
        self.trail.patient(id);
        Ok(row.map(|(name, birth_date, language)| PatientFacts {
            full_name: keys.open("patient", "name_enc", id.uuid(), &name),
            birth_date: birth_date.map(|sealed| keys.open("patient", "birth_date_enc", id.uuid(), &sealed)),
            language,
        }))
    }

    fn open_account(&mut self, account: &OpenedAccount<'_>) -> Result<bool> {
        let (keys, id) = (self.keys()?, account.id.uuid());
        let hash = keys.index().hash(Scope::PORTAL_EMAIL, &normalise::email(account.email.expose()));
        let seal = |column, text: &Phi| keys.seal("portal_account", column, id, text.expose());
        bind_account(self.conn, account.id).map_err(unavailable)?;
        let added = diesel::insert_into(portal_account::table)
            .values((
                portal_account::tenant_id.eq(self.tenant_id()),
                portal_account::id.eq(id),
                portal_account::email_hash.eq(hash.as_slice()),
                portal_account::email_enc.eq(seal("email_enc", account.email)?),
                portal_account::full_name_enc.eq(seal("full_name_enc", account.full_name)?),
                portal_account::language.eq(account.language),
                portal_account::password_hash.eq(account.password_hash),
                // Whoever opens an account has no second factor yet.
                portal_account::password_stands_alone.eq(true),
                portal_account::created_at.eq(self.now),
            ))
            .on_conflict_do_nothing()
            .execute(self.conn)
            .map_err(unavailable)?;
        if added == 1 {
            self.trail.subject(Subject::Account(account.id));
        }
        Ok(added == 1)
    }

    fn grant_by_link(
        &mut self,
        account: AccountId,
        grant: &Grant,
        (link, made_at): (Uuid, Moment),
    ) -> Result<bool> {
        bind_account(self.conn, account).map_err(unavailable)?;
        self.trail.subject(Subject::Account(account));
        let held = self.held_by(account)?;
        let is_mine = |grant: &Held| grant.relationship == Relationship::Myself.code();
        let (here, elsewhere): (Vec<&Held>, Vec<&Held>) =
            held.iter().partition(|held| held.patient == grant.patient.uuid());
        let here = here.first();
        if grant.relationship == Relationship::Myself {
            let is_somebody = elsewhere.iter().any(|held| is_mine(held) && held.holds());
            if is_somebody || here.is_some_and(|held| !is_mine(held)) {
                return Ok(false);
            }
        } else if here.is_some_and(|held| is_mine(held) && held.holds()) {
            return Ok(true);
        }
        if here.and_then(|held| held.ended_at).is_some_and(|ended| made_at <= ended) {
            return Ok(false);
        }
        let terms = (
            patient_access::relationship.eq(grant.relationship.code()),
            patient_access::scope.eq(grant.scope.code()),
            patient_access::expires_at.eq(grant.expires_at),
            patient_access::invitation_id.eq(link),
            patient_access::ended_at.eq(None::<Moment>),
        );
        diesel::insert_into(patient_access::table)
            .values((
                patient_access::tenant_id.eq(self.tenant_id()),
                patient_access::account_id.eq(account.uuid()),
                patient_access::patient_id.eq(grant.patient.uuid()),
                patient_access::created_at.eq(self.now),
                terms,
            ))
            .on_conflict((patient_access::tenant_id, patient_access::account_id, patient_access::patient_id))
            .do_update()
            .set(terms)
            .execute(self.conn)
            .map_err(unavailable)?;
        self.trail.patient(grant.patient);
        Ok(true)
    }

    fn has_identity_check(&mut self) -> Result<bool> {
        tenant::table
            .filter(tenant::id.eq(self.tenant_id()))
            .select(tenant::has_identity_check)
            .first(self.conn)
            .map_err(unavailable)
    }

    fn idle_limit(&mut self, audience: Audience, is_mobile: bool) -> Result<Duration> {
        let rest = self.rest()?;
        Ok(match (audience, is_mobile) {
            (Audience::Staff, _) => rest.of_staff(),
            (Audience::Portal, false) => rest.of_browser(),
            (Audience::Portal, true) => rest.of_mobile(),
        })
    }
}

impl PgTransaction<'_> {
    /// Every grant that the account has or had, which nobody else changes until the transaction ends.
    fn held_by(&mut self, account: AccountId) -> Result<Vec<Held>> {
        patient_access::table
            .filter(patient_access::tenant_id.eq(self.tenant_id()))
            .filter(patient_access::account_id.eq(account.uuid()))
            .select((patient_access::patient_id, patient_access::relationship, patient_access::ended_at))
            .for_no_key_update()
            .load(self.conn)
            .map_err(unavailable)
    }
}

/// A grant as far as another one depends on it.
#[derive(Queryable)]
struct Held {
    patient: Uuid,
    relationship: i16,
    ended_at: Option<Moment>,
}

impl Held {
    const fn holds(&self) -> bool {
        self.ended_at.is_none()
    }
}
