//! Who signs in for patients.

use crate::errors::unavailable;
use crate::schema::{account_link, patient_access, portal_account, second_factor, session};
use crate::sessions::ACCOUNT;
use crate::transaction::PgTransaction;
use diesel::dsl::max;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};
use threadwell_application::Result;
use threadwell_application::ports::{LINK_ATTEMPTS, LinkPurpose, PortalAccess, RecordView};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::access::Relationship;
use threadwell_domain::{Moment, PatientId, Phi};
use uuid::Uuid;

impl PgTransaction<'_> {
    pub(super) fn add_access(&mut self, views: &mut [RecordView]) -> Result<()> {
        let access = self.access_of(&views.iter().map(|view| view.id.uuid()).collect::<Vec<_>>())?;
        for view in views {
            view.access = access.get(&view.id.uuid()).copied().unwrap_or(PortalAccess::None);
        }
        Ok(())
    }

    /// Whether patients themselves have a way into the portal.
    pub(super) fn access_of(&mut self, patients: &[Uuid]) -> Result<HashMap<Uuid, PortalAccess>> {
        let tenant = self.tenant_id();
        let invited: Vec<Option<Uuid>> = account_link::table
            .filter(account_link::tenant_id.eq(tenant))
            .filter(account_link::patient_id.eq_any(patients))
            .filter(account_link::purpose.eq(LinkPurpose::PatientInvitation.code()))
            .filter(account_link::used_at.is_null())
            .filter(account_link::revoked_at.is_null())
            .filter(account_link::expires_at.gt(self.now))
            .filter(account_link::attempts.lt(LINK_ATTEMPTS))
            .select(account_link::patient_id)
            .load(self.conn)
            .map_err(unavailable)?;
        let active: Vec<Uuid> = patient_access::table
            .inner_join(portal_account::table.on(
                portal_account::tenant_id.eq(tenant).and(portal_account::id.eq(patient_access::account_id)),
            ))
            .filter(patient_access::tenant_id.eq(tenant))
            .filter(patient_access::patient_id.eq_any(patients))
            .filter(patient_access::relationship.eq(Relationship::Myself.code()))
            .filter(patient_access::ended_at.is_null())
            .filter(portal_account::is_active)
            .select(patient_access::patient_id)
            .load(self.conn)
            .map_err(unavailable)?;
        let mut access: HashMap<Uuid, PortalAccess> =
            invited.into_iter().flatten().map(|id| (id, PortalAccess::Invited)).collect();
        access.extend(active.into_iter().map(|id| (id, PortalAccess::Active)));
        Ok(access)
    }

    /// Which of the addresses, by place, belong to whoever acts or acted for the patient, or is another one.
    pub(super) fn others_at(&mut self, wanted: &[(PatientId, Phi)]) -> Result<HashSet<usize>> {
        let (tenant, keys) = (self.tenant_id(), self.keys()?);
        let hash =
            |email: &Phi| keys.index().hash(Scope::PORTAL_EMAIL, &normalise::email(email.expose())).to_vec();
        let hashes: Vec<Vec<u8>> = wanted.iter().map(|(_, email)| hash(email)).collect();
        let held: Vec<(Vec<u8>, Uuid, i16, Option<Moment>)> = portal_account::table
            .inner_join(patient_access::table.on(
                patient_access::tenant_id.eq(tenant).and(patient_access::account_id.eq(portal_account::id)),
            ))
            .filter(portal_account::tenant_id.eq(tenant))
            .filter(portal_account::email_hash.eq_any(&hashes))
            .select((
                portal_account::email_hash,
                patient_access::patient_id,
                patient_access::relationship,
                patient_access::ended_at,
            ))
            .load(self.conn)
            .map_err(unavailable)?;
        let myself = Relationship::Myself.code();
        let (mut proxies, mut patients) = (HashSet::new(), HashMap::<&[u8], Vec<Uuid>>::new());
        for (hash, patient, relationship, ended_at) in &held {
            if *relationship != myself {
                proxies.insert((hash.as_slice(), *patient));
            } else if ended_at.is_none() {
                patients.entry(hash.as_slice()).or_default().push(*patient);
            }
        }
        let is_others = |hash: &[u8], patient: Uuid| {
            let is_another = |own: &Vec<Uuid>| own.iter().any(|one| *one != patient);
            proxies.contains(&(hash, patient)) || patients.get(hash).is_some_and(is_another)
        };
        let places = wanted.iter().zip(&hashes).enumerate();
        Ok(places
            .filter(|(_, ((patient, _), hash))| is_others(hash, patient.uuid()))
            .map(|(place, _)| place)
            .collect())
    }

    pub(super) fn last_seen(&mut self, accounts: &[Uuid]) -> Result<HashMap<Uuid, Moment>> {
        let rows: Vec<(Option<Uuid>, Option<Moment>)> = session::table
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::owner_kind.eq(ACCOUNT))
            .filter(session::account_id.eq_any(accounts))
            .group_by(session::account_id)
            .select((session::account_id, max(session::created_at)))
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(rows.into_iter().filter_map(|(id, at)| id.zip(at)).collect())
    }

    pub(super) fn accounts_with_factors(&mut self, accounts: &[Uuid]) -> Result<HashSet<Uuid>> {
        let rows: Vec<Option<Uuid>> = second_factor::table
            .filter(second_factor::tenant_id.eq(self.tenant_id()))
            .filter(second_factor::owner_kind.eq(ACCOUNT))
            .filter(second_factor::account_id.eq_any(accounts))
            .filter(second_factor::confirmed_at.is_not_null())
            .filter(second_factor::removed_at.is_null())
            .select(second_factor::account_id)
            .distinct()
            .load(self.conn)
            .map_err(unavailable)?;
        Ok(rows.into_iter().flatten().collect())
    }
}
