//! Whom a portal account may act for.

use crate::binding::{bind_account, bind_patients};
use crate::door::grant;
use crate::errors::unavailable;
use crate::schema::{patient, patient_access};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use std::collections::HashMap;
use threadwell_application::Result;
use threadwell_application::access::Actor;
use threadwell_application::ports::{GrantedPatient, Readable};
use threadwell_domain::access::{Grant, Relationship};
use threadwell_domain::{AccountId, Moment, PatientId};
use uuid::Uuid;

impl PgTransaction<'_> {
    /// The patients of an account's unexpired grants; oneself first, then by name.
    pub(super) fn granted_patients(&mut self, account: AccountId) -> Result<Vec<GrantedPatient>> {
        let grants = self.grants_of(account)?;
        let mut names = self.names_of(&grants)?;
        let mut granted: Vec<GrantedPatient> = grants
            .into_iter()
            .map(|grant| GrantedPatient {
                grant,
                full_name: names.remove(&grant.patient.uuid()).unwrap_or(Readable::Unreadable),
            })
            .collect();
        granted.sort_by_cached_key(|one| {
            let is_other = one.grant.relationship != Relationship::Myself;
            (is_other, one.full_name.text().map(|name| name.expose().to_lowercase()), one.grant.patient)
        });
        if matches!(self.actor, Actor::Visitor) {
            granted.iter().for_each(|one| self.trail.patient(one.grant.patient));
        }
        Ok(granted)
    }

    /// The unexpired grants of an account. One that was ended is none, whatever the time is here. Binds the account, which a visitor's transaction does not know before.
    pub(super) fn grants_of(&mut self, account: AccountId) -> Result<Vec<Grant>> {
        bind_account(self.conn, account).map_err(unavailable)?;
        let unexpired = patient_access::expires_at.is_null().or(patient_access::expires_at.gt(self.now));
        let rows = patient_access::table
            .filter(patient_access::tenant_id.eq(self.tenant_id()))
            .filter(patient_access::account_id.eq(account.uuid()))
            .filter(patient_access::ended_at.is_null())
            .filter(unexpired.assume_not_null())
            .select((
                patient_access::patient_id,
                patient_access::relationship,
                patient_access::scope,
                patient_access::expires_at,
            ))
            .load::<(Uuid, i16, i16, Option<Moment>)>(self.conn)
            .map_err(unavailable)?;
        rows.into_iter().map(grant).collect()
    }

    fn names_of(&mut self, grants: &[Grant]) -> Result<HashMap<Uuid, Readable>> {
        let patients: Vec<PatientId> = grants.iter().map(|grant| grant.patient).collect();
        bind_patients(self.conn, &patients).map_err(unavailable)?;
        let ids: Vec<Uuid> = patients.into_iter().map(PatientId::uuid).collect();
        let rows = patient::table
            .filter(patient::tenant_id.eq(self.tenant_id()))
            .filter(patient::id.eq_any(ids))
            .select((patient::id, patient::name_enc))
            .load::<(Uuid, Vec<u8>)>(self.conn)
            .map_err(unavailable)?;
        let keys = self.keys()?;
        Ok(rows.into_iter().map(|(id, name)| (id, keys.open("patient", "name_enc", id, &name))).collect())
    }
}
