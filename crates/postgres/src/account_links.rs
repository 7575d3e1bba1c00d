//! Mailed links. The database holds a keyed hash of each secret, and the secret itself nowhere.

use crate::binding::{bind_found_link, bind_link};
use crate::errors::{corrupt, unavailable};
use crate::keys::TenantKeys;
use crate::schema::account_link;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::access::{Actor, Subject};
use threadwell_application::ports::{
    AccountLinks, InvitedGrant, LINK_ATTEMPTS, LinkOwner, LinkPurpose, LinkRecord, NewLink, Readable,
};
use threadwell_domain::access::{GrantScope, Relationship};
use threadwell_domain::{AccountId, Moment, PatientId, Phi, StaffId};
use uuid::Uuid;

const TABLE: &str = "account_link";

#[derive(Queryable, Selectable)]
#[diesel(table_name = account_link, check_for_backend(diesel::pg::Pg))]
struct LinkRow {
    id: Uuid,
    purpose: i16,
    staff_id: Option<Uuid>,
    account_id: Option<Uuid>,
    patient_id: Option<Uuid>,
    email_enc: Option<Vec<u8>>,
    name_enc: Option<Vec<u8>>,
    birth_date_enc: Option<Vec<u8>>,
    relationship: Option<i16>,
    scope: Option<i16>,
    grant_expires_at: Option<Moment>,
    attempts: i16,
    created_at: Moment,
    expires_at: Moment,
}

/// Whether a link is good still.
#[diesel::dsl::auto_type(no_type_alias)]
fn good(tenant: Uuid, now: Moment, most: i16) -> _ {
    account_link::tenant_id
        .eq(tenant)
        .and(account_link::used_at.is_null())
        .and(account_link::revoked_at.is_null())
        .and(account_link::expires_at.gt(now))
        .and(account_link::attempts.lt(most))
}

impl AccountLinks for PgTransaction<'_> {
    fn issue(&mut self, link: &NewLink) -> Result<()> {
        let keys = self.keys()?;
        let seal = |column, text: &Option<Phi>| {
            text.as_ref().map(|text| keys.seal(TABLE, column, link.id, text.expose())).transpose()
        };
        let (by_staff, by_account) = match &self.actor {
            Actor::Staff(staff) => (Some(staff.id().uuid()), None),
            Actor::Portal(account) => (None, Some(account.account().uuid())),
            Actor::Visitor | Actor::Worker | Actor::Operator => (None, None),
        };
        bind_link(self.conn, &link.hash).map_err(unavailable)?;
        diesel::insert_into(account_link::table)
            .values((
                account_link::tenant_id.eq(self.tenant_id()),
                account_link::id.eq(link.id),
                account_link::token_hash.eq(link.hash.as_slice()),
                account_link::purpose.eq(link.purpose.code()),
                (
                    account_link::staff_id.eq(link.staff.map(StaffId::uuid)),
                    account_link::account_id.eq(link.account.map(AccountId::uuid)),
                    account_link::patient_id.eq(link.patient.map(PatientId::uuid)),
                ),
                (
                    account_link::email_enc.eq(seal("email_enc", &link.email)?),
                    account_link::name_enc.eq(seal("name_enc", &link.name)?),
                    account_link::birth_date_enc.eq(seal("birth_date_enc", &link.birth_date)?),
                ),
                (
                    account_link::relationship.eq(link.grant.map(|grant| grant.relationship.code())),
                    account_link::scope.eq(link.grant.map(|grant| grant.scope.code())),
                    account_link::grant_expires_at.eq(link.grant.and_then(|grant| grant.expires_at)),
                ),
                (
                    account_link::invited_by_staff.eq(by_staff),
                    account_link::invited_by_account.eq(by_account),
                ),
                account_link::created_at.eq(self.now),
                account_link::expires_at.eq(link.expires_at),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.trail.subject(Subject::Link(link.id));
        self.name_owner(link.staff, link.account, link.patient);
        Ok(())
    }

    fn presented(&mut self, hash: &[u8; 32]) -> Result<Option<LinkRecord>> {
        bind_link(self.conn, hash).map_err(unavailable)?;
        let row: Option<(LinkRow, bool)> = account_link::table
            .filter(account_link::tenant_id.eq(self.tenant_id()))
            .filter(account_link::token_hash.eq(hash.as_slice()))
            .select((LinkRow::as_select(), good(self.tenant_id(), self.now, LINK_ATTEMPTS)))
            .for_no_key_update()
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        // A forged link names any practice: there are keys only where there is a row.
        let Some((row, is_good)) = row else { return Ok(None) };
        self.trail.subject(Subject::Link(row.id));
        self.name_owner(
            row.staff_id.map(StaffId::new),
            row.account_id.map(AccountId::new),
            row.patient_id.map(PatientId::new),
        );
        if !is_good {
            return Ok(None);
        }
        bind_found_link(self.conn, row.id).map_err(unavailable)?;
        row.read(&*self.keys()?).map(Some)
    }

    fn open_links(&mut self, of: LinkOwner, purpose: LinkPurpose) -> Result<Vec<LinkRecord>> {
        let mut query = account_link::table
            .filter(good(self.tenant_id(), self.now, LINK_ATTEMPTS))
            .filter(account_link::purpose.eq(purpose.code()))
            .order(account_link::id.desc())
            .select(LinkRow::as_select())
            .into_boxed();
        query = match of {
            LinkOwner::Staff(id) => query.filter(account_link::staff_id.eq(id.uuid())),
            LinkOwner::Account(id) => query.filter(account_link::account_id.eq(id.uuid())),
            LinkOwner::Patient(id) => query.filter(account_link::patient_id.eq(id.uuid())),
        };
        let rows: Vec<LinkRow> = query.load(self.conn).map_err(unavailable)?;
        let keys = self.keys()?;
        rows.into_iter().map(|row| row.read(&keys)).collect()
    }

    fn count_attempt(&mut self, id: Uuid) -> Result<()> {
        diesel::update(account_link::table)
            .filter(account_link::tenant_id.eq(self.tenant_id()))
            .filter(account_link::id.eq(id))
            .set(account_link::attempts.eq(account_link::attempts + 1))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    fn use_up(&mut self, id: Uuid, account: Option<AccountId>) -> Result<()> {
        diesel::update(account_link::table)
            .filter(account_link::tenant_id.eq(self.tenant_id()))
            .filter(account_link::id.eq(id))
            .set((
                account_link::used_at.eq(self.now),
                account.map(|account| account_link::account_id.eq(account.uuid())),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    fn withdraw(&mut self, of: LinkOwner, purpose: LinkPurpose) -> Result<usize> {
        let links = self.open_links(of, purpose)?;
        for link in &links {
            self.withdraw_one(link.id)?;
        }
        Ok(links.len())
    }

    fn withdraw_one(&mut self, id: Uuid) -> Result<bool> {
        let withdrawn = diesel::update(account_link::table)
            .filter(good(self.tenant_id(), self.now, LINK_ATTEMPTS))
            .filter(account_link::id.eq(id))
            .set(account_link::revoked_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        if withdrawn == 1 {
            self.trail.subject(Subject::Link(id));
        }
        Ok(withdrawn == 1)
    }
}

impl PgTransaction<'_> {
    /// Lets the audit name whose a link is.
    pub(crate) fn name_owner(
        &mut self,
        staff: Option<StaffId>,
        account: Option<AccountId>,
        patient: Option<PatientId>,
    ) {
        staff.into_iter().for_each(|id| self.trail.subject(Subject::Staff(id)));
        account.into_iter().for_each(|id| self.trail.subject(Subject::Account(id)));
        patient.into_iter().for_each(|id| self.trail.subject(Subject::Patient(id)));
    }
}

impl LinkRow {
    fn read(self, keys: &TenantKeys) -> Result<LinkRecord> {
        let id = self.id;
        let open = |column, sealed: Option<Vec<u8>>| -> Option<Readable> {
            sealed.map(|sealed| keys.open(TABLE, column, id, &sealed))
        };
        Ok(LinkRecord {
            id,
            purpose: LinkPurpose::from_code(self.purpose).ok_or_else(|| corrupt(TABLE, "purpose", id))?,
            staff: self.staff_id.map(StaffId::new),
            account: self.account_id.map(AccountId::new),
            patient: self.patient_id.map(PatientId::new),
            email: open("email_enc", self.email_enc),
            name: open("name_enc", self.name_enc),
            birth_date: open("birth_date_enc", self.birth_date_enc),
            grant: invited(self.relationship, self.scope, self.grant_expires_at, id)?,
            attempts: self.attempts,
            created_at: self.created_at,
            expires_at: self.expires_at,
        })
    }
}

fn invited(
    relationship: Option<i16>,
    scope: Option<i16>,
    expires_at: Option<Moment>,
    id: Uuid,
) -> Result<Option<InvitedGrant>> {
    let (Some(relationship), Some(scope)) = (relationship, scope) else { return Ok(None) };
    Ok(Some(InvitedGrant {
        relationship: Relationship::from_code(relationship)
            .ok_or_else(|| corrupt(TABLE, "relationship", id))?,
        scope: GrantScope::from_code(scope).ok_or_else(|| corrupt(TABLE, "scope", id))?,
        expires_at,
    }))
}
