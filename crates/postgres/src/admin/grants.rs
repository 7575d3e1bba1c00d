//! Who acts for whom.

use crate::errors::{corrupt, unavailable};
use crate::schema::{account_link, patient, patient_access, portal_account};
use crate::transaction::PgTransaction;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::access::Subject;
use threadwell_application::ports::{
    GivenGrant, Grants, HeldGrant, InvitedGuardian, LinkPurpose, Readable, Wards,
};
use threadwell_domain::access::{GrantScope, Relationship};
use threadwell_domain::{AccountId, Moment, PatientId};
use uuid::Uuid;

type GuardianRow = (Uuid, Uuid, Option<Moment>, Option<Vec<u8>>);
type GivenRow = (Uuid, Vec<u8>, (Uuid, i16, i16, Option<Moment>));

impl Grants for PgTransaction<'_> {
    fn grant_of(&mut self, account: AccountId, patient: PatientId) -> Result<Option<HeldGrant>> {
        let row: Option<(i16, Option<Moment>)> = patient_access::table
            .filter(patient_access::tenant_id.eq(self.tenant_id()))
            .filter(patient_access::account_id.eq(account.uuid()))
            .filter(patient_access::patient_id.eq(patient.uuid()))
            .select((patient_access::relationship, patient_access::expires_at))
            .for_no_key_update()
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        self.trail.patient(patient);
        self.trail.subject(Subject::Account(account));
        row.map(|(code, expires_at)| {
            let relationship = Relationship::from_code(code)
                .ok_or_else(|| corrupt("patient_access", "relationship", patient.uuid()))?;
            Ok(HeldGrant { account, patient, relationship, expires_at })
        })
        .transpose()
    }

    fn set_terms(&mut self, grant: &HeldGrant, scope: GrantScope, expires_at: Option<Moment>) -> Result<()> {
        diesel::update(patient_access::table)
            .filter(patient_access::tenant_id.eq(self.tenant_id()))
            .filter(patient_access::account_id.eq(grant.account.uuid()))
            .filter(patient_access::patient_id.eq(grant.patient.uuid()))
            .set((
                patient_access::scope.eq(scope.code()),
                patient_access::expires_at.eq(expires_at),
                patient_access::ended_at.eq(None::<Moment>),
            ))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn holder_address(&mut self, account: AccountId, patient: PatientId) -> Result<Option<Readable>> {
        self.bind_accounts(&[account.uuid()])?;
        let sealed: Option<Vec<u8>> = patient_access::table
            .inner_join(
                portal_account::table.on(portal_account::tenant_id
                    .eq(patient_access::tenant_id)
                    .and(portal_account::id.eq(patient_access::account_id))),
            )
            .filter(patient_access::tenant_id.eq(self.tenant_id()))
            .filter(patient_access::account_id.eq(account.uuid()))
            .filter(patient_access::patient_id.eq(patient.uuid()))
            .select(portal_account::email_enc)
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let keys = self.keys()?;
        Ok(sealed.map(|sealed| keys.open("portal_account", "email_enc", account.uuid(), &sealed)))
    }

    fn end_grant(&mut self, account: AccountId, patient: PatientId) -> Result<bool> {
        let now = self.now;
        let holds = patient_access::expires_at.is_null().or(patient_access::expires_at.gt(now));
        let ended = diesel::update(patient_access::table)
            .filter(patient_access::tenant_id.eq(self.tenant_id()))
            .filter(patient_access::account_id.eq(account.uuid()))
            .filter(patient_access::patient_id.eq(patient.uuid()))
            .filter(patient_access::ended_at.is_null())
            .filter(holds.assume_not_null())
            .set((patient_access::expires_at.eq(now), patient_access::ended_at.eq(now)))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.trail.patient(patient);
        self.trail.subject(Subject::Account(account));
        Ok(ended == 1)
    }

    fn guardians(&mut self, of: Wards) -> Result<Vec<(HeldGrant, Option<Readable>)>> {
        let tenant = self.tenant_id();
        let holds = patient_access::expires_at.is_null().or(patient_access::expires_at.gt(self.now));
        let mut query = patient_access::table
            .inner_join(
                patient::table
                    .on(patient::tenant_id.eq(tenant).and(patient::id.eq(patient_access::patient_id))),
            )
            .filter(patient_access::tenant_id.eq(tenant))
            .filter(patient_access::relationship.eq(Relationship::Guardian.code()))
            .filter(patient_access::ended_at.is_null())
            .filter(holds.assume_not_null())
            .select((
                patient_access::account_id,
                patient_access::patient_id,
                patient_access::expires_at,
                patient::birth_date_enc,
            ))
            .into_boxed();
        if let Wards::One(ward) = of {
            query = query.filter(patient_access::patient_id.eq(ward.uuid()));
        }
        let rows: Vec<GuardianRow> = query.load(self.conn).map_err(unavailable)?;
        let keys = self.keys()?;
        Ok(rows
            .into_iter()
            .map(|(account, ward, expires_at, birth)| {
                let (account, relationship) = (AccountId::new(account), Relationship::Guardian);
                let grant = HeldGrant { account, patient: PatientId::new(ward), relationship, expires_at };
                (grant, birth.map(|sealed| keys.open("patient", "birth_date_enc", ward, &sealed)))
            })
            .collect())
    }

    fn invited_guardians(&mut self, of: Wards) -> Result<Vec<InvitedGuardian>> {
        let tenant = self.tenant_id();
        let mut query = account_link::table
            .inner_join(
                patient::table.on(patient::tenant_id
                    .eq(tenant)
                    .and(patient::id.nullable().eq(account_link::patient_id))),
            )
            .filter(account_link::tenant_id.eq(tenant))
            .filter(account_link::purpose.eq(LinkPurpose::ProxyInvitation.code()))
            .filter(account_link::relationship.eq(Relationship::Guardian.code()))
            .filter(account_link::used_at.is_null())
            .filter(account_link::revoked_at.is_null())
            .filter(account_link::expires_at.gt(self.now))
            .select((account_link::id, patient::id, account_link::grant_expires_at, patient::birth_date_enc))
            .into_boxed();
        if let Wards::One(ward) = of {
            query = query.filter(account_link::patient_id.eq(ward.uuid()));
        }
        let rows: Vec<GuardianRow> = query.load(self.conn).map_err(unavailable)?;
        let keys = self.keys()?;
        let open = |ward, sealed: Vec<u8>| keys.open("patient", "birth_date_enc", ward, &sealed);
        Ok(rows
            .into_iter()
            .map(|(invitation, ward, expires_at, birth)| InvitedGuardian {
                invitation,
                expires_at,
                birth_date: birth.map(|sealed| open(ward, sealed)),
            })
            .collect())
    }

    fn set_end(&mut self, grant: &HeldGrant, expires_at: Option<Moment>) -> Result<()> {
        diesel::update(patient_access::table)
            .filter(patient_access::tenant_id.eq(self.tenant_id()))
            .filter(patient_access::account_id.eq(grant.account.uuid()))
            .filter(patient_access::patient_id.eq(grant.patient.uuid()))
            .set(patient_access::expires_at.eq(expires_at))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.trail.patient(grant.patient);
        self.trail.subject(Subject::Account(grant.account));
        Ok(())
    }

    fn set_invited_end(&mut self, invitation: Uuid, expires_at: Option<Moment>) -> Result<()> {
        self.trail.subject(Subject::Link(invitation));
        diesel::update(account_link::table)
            .filter(account_link::tenant_id.eq(self.tenant_id()))
            .filter(account_link::id.eq(invitation))
            .set(account_link::grant_expires_at.eq(expires_at))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn given(&mut self, patient: PatientId) -> Result<Vec<GivenGrant>> {
        let tenant = self.tenant_id();
        let holds = patient_access::expires_at.is_null().or(patient_access::expires_at.gt(self.now));
        let accounts: Vec<Uuid> = patient_access::table
            .filter(patient_access::tenant_id.eq(tenant))
            .filter(patient_access::patient_id.eq(patient.uuid()))
            .filter(patient_access::relationship.ne(Relationship::Myself.code()))
            .filter(patient_access::ended_at.is_null())
            .filter(holds.assume_not_null())
            .select(patient_access::account_id)
            .load(self.conn)
            .map_err(unavailable)?;
        self.bind_accounts(&accounts)?;
        let rows: Vec<GivenRow> = patient_access::table
            .inner_join(portal_account::table.on(
                portal_account::tenant_id.eq(tenant).and(portal_account::id.eq(patient_access::account_id)),
            ))
            .filter(patient_access::tenant_id.eq(tenant))
            .filter(patient_access::patient_id.eq(patient.uuid()))
            .filter(patient_access::account_id.eq_any(accounts))
            .order((patient_access::created_at, patient_access::account_id))
            .select((
                portal_account::id,
                portal_account::full_name_enc,
                (
                    patient_access::patient_id,
                    patient_access::relationship,
                    patient_access::scope,
                    patient_access::expires_at,
                ),
            ))
            .load(self.conn)
            .map_err(unavailable)?;
        let keys = self.keys()?;
        self.trail.patient(patient);
        rows.into_iter()
            .map(|(id, name, row)| {
                let grant = crate::door::grant(row)?;
                Ok(GivenGrant {
                    account: AccountId::new(id),
                    full_name: keys.open("portal_account", "full_name_enc", id, &name),
                    relationship: grant.relationship,
                    scope: grant.scope,
                    expires_at: grant.expires_at,
                })
            })
            .collect()
    }

    fn set_account_active(&mut self, account: AccountId, is_active: bool) -> Result<bool> {
        self.trail.subject(Subject::Account(account));
        let set = diesel::update(portal_account::table)
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::id.eq(account.uuid()))
            .set((
                portal_account::is_active.eq(is_active),
                portal_account::version.eq(portal_account::version + 1),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(set == 1)
    }

    fn is_account_active(&mut self, account: AccountId) -> Result<Option<bool>> {
        portal_account::table
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::id.eq(account.uuid()))
            .select(portal_account::is_active)
            .first(self.conn)
            .optional()
            .map_err(unavailable)
    }
}

impl PgTransaction<'_> {
    /// Binds the accounts that act for the patient, so that their names can be read.
    fn bind_accounts(&mut self, accounts: &[Uuid]) -> Result<()> {
        let ids: Vec<String> = accounts.iter().map(ToString::to_string).collect();
        let sql = format!("SET LOCAL app.account_ids = '{{{}}}'", ids.join(","));
        self.conn.batch_execute(&sql).map_err(unavailable)
    }
}
