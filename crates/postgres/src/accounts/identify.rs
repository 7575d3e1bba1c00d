//! Whom a link is about that a stranger asked for. The worker looks, where nobody waits.

use crate::errors::{corrupt, unavailable};
use crate::schema::{account_link, patient, patient_access, patient_search, portal_account, staff_user};
use crate::transaction::PgTransaction;
use diesel::dsl::{exists, select};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use threadwell_application::Result;
use threadwell_application::access::Subject;
use threadwell_application::ports::{Identified, Identities, LINK_ATTEMPTS, LinkPurpose, Recipient};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::access::Relationship;
use threadwell_domain::{AccountId, Moment, PatientId, StaffId};
use uuid::Uuid;

/// What a link says whose owner is not known yet.
struct Asked {
    purpose: LinkPurpose,
    email: String,
    birth_date: Option<String>,
    at: Moment,
}

/// A patient with the sealed e-mail and birth date on file.
type OnFileRow = (Uuid, Option<Vec<u8>>, Option<Vec<u8>>);
type AskedRow = (i16, Option<Vec<u8>>, Option<Vec<u8>>, Moment);

#[diesel::declare_sql_function]
extern "SQL" {
    /// Takes an advisory lock until the transaction ends.
    fn pg_advisory_xact_lock(key: BigInt) -> diesel::sql_types::Text;
}

impl Identities for PgTransaction<'_> {
    fn identify(&mut self, link: Uuid) -> Result<Identified> {
        self.trail.subject(Subject::Link(link));
        let Some(asked) = self.asked(link)? else { return Ok(Identified::Nobody) };
        match asked.purpose {
            LinkPurpose::StaffReset => self.identify_staff(link, &asked),
            LinkPurpose::AccountReset => self.identify_account(link, &asked),
            LinkPurpose::IdentityCheck => self.identify_patient(link, &asked),
            LinkPurpose::StaffInvitation
            | LinkPurpose::AccountEmail
            | LinkPurpose::PatientInvitation
            | LinkPurpose::ProxyInvitation => Ok(Identified::Nobody),
        }
    }
}

impl PgTransaction<'_> {
    fn asked(&mut self, link: Uuid) -> Result<Option<Asked>> {
        let row: Option<AskedRow> = account_link::table
            .filter(account_link::tenant_id.eq(self.tenant_id()))
            .filter(account_link::id.eq(link))
            .filter(account_link::used_at.is_null())
            .filter(account_link::revoked_at.is_null())
            .filter(account_link::expires_at.gt(self.now))
            .filter(account_link::attempts.lt(LINK_ATTEMPTS))
            .select((
                account_link::purpose,
                account_link::email_enc,
                account_link::birth_date_enc,
                account_link::created_at,
            ))
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some((purpose, email, birth_date, at)) = row else { return Ok(None) };
        let purpose =
            LinkPurpose::from_code(purpose).ok_or_else(|| corrupt("account_link", "purpose", link))?;
        let email = self.opened("account_link", "email_enc", link, email)?;
        let birth_date = self.opened("account_link", "birth_date_enc", link, birth_date)?;
        Ok(email.map(|email| Asked { purpose, email: normalise::email(&email), birth_date, at }))
    }

    fn identify_staff(&mut self, link: Uuid, asked: &Asked) -> Result<Identified> {
        let hash = self.keys()?.index().hash(Scope::STAFF_EMAIL, &asked.email);
        let found = staff_user::table
            .filter(staff_user::tenant_id.eq(self.tenant_id()))
            .filter(staff_user::email_hash.eq(hash.as_slice()))
            // Whoever was invited takes that up instead.
            .filter(staff_user::is_active.and(staff_user::has_password))
            .select(staff_user::id)
            .first::<Uuid>(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some(staff) = found else { return Ok(Identified::Nobody) };
        let person = Recipient::Staff(StaffId::new(staff));
        self.claim_reset(link, asked, (Some(staff), None), person)
    }

    fn identify_account(&mut self, link: Uuid, asked: &Asked) -> Result<Identified> {
        let Some((account, true)) = self.account_of(&asked.email)? else { return Ok(Identified::Nobody) };
        let person = Recipient::Account(AccountId::new(account));
        self.claim_reset(link, asked, (None, Some(account)), person)
    }

    /// One link to a new password lives: that which was asked for last.
    fn claim_reset(
        &mut self,
        link: Uuid,
        asked: &Asked,
        (staff, account): (Option<Uuid>, Option<Uuid>),
        person: Recipient,
    ) -> Result<Identified> {
        let (high, low) = staff.or(account).unwrap_or_default().as_u64_pair();
        let turn = pg_advisory_xact_lock((high ^ low).cast_signed());
        select(turn).execute(self.conn).map_err(unavailable)?;
        let others = account_link::table
            .filter(account_link::tenant_id.eq(self.tenant_id()))
            .filter(account_link::purpose.eq(asked.purpose.code()))
            .filter(account_link::staff_id.is_not_distinct_from(staff))
            .filter(account_link::account_id.is_not_distinct_from(account))
            .filter(account_link::id.ne(link))
            .filter(account_link::used_at.is_null().and(account_link::revoked_at.is_null()));
        let is_late: bool = select(exists(others.filter(account_link::created_at.gt(asked.at))))
            .get_result(self.conn)
            .map_err(unavailable)?;
        if is_late {
            return Ok(Identified::Nobody);
        }
        diesel::update(others)
            .set(account_link::revoked_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.note_in_link(link, (staff, account, None))?;
        Ok(Identified::Person(person))
    }

    fn note_in_link(&mut self, link: Uuid, whose: (Option<Uuid>, Option<Uuid>, Option<Uuid>)) -> Result<()> {
        let (staff, account, patient) = whose;
        self.name_owner(staff.map(StaffId::new), account.map(AccountId::new), patient.map(PatientId::new));
        diesel::update(account_link::table)
            .filter(account_link::tenant_id.eq(self.tenant_id()))
            .filter(account_link::id.eq(link))
            .set((
                account_link::staff_id.eq(staff),
                account_link::account_id.eq(account),
                account_link::patient_id.eq(patient),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    /// Exactly one patient may have the e-mail and the birth date. Both are compared in clear: tokens only find.
    fn identify_patient(&mut self, link: Uuid, asked: &Asked) -> Result<Identified> {
        let fitting = self.patients_like(asked)?;
        let [(patient, on_file)] = fitting.as_slice() else { return Ok(Identified::Nobody) };
        self.mail_to_file(link, on_file)?;
        self.trail.patient(PatientId::new(*patient));
        let holder = match self.account_of(&asked.email)? {
            Some((account, _)) => Some(account),
            None => self.own_account_of(*patient)?,
        };
        // Without its patient a link opens nothing; with the account its mail has the right language.
        match holder {
            Some(account) => self.note_in_link(link, (None, Some(account), None))?,
            None => self.note_in_link(link, (None, None, Some(*patient)))?,
        }
        Ok(holder.map_or(Identified::Patient(PatientId::new(*patient)), |_| Identified::HasAccount))
    }

    /// Mails go to the address as it is on file, however it was typed.
    fn mail_to_file(&mut self, link: Uuid, on_file: &str) -> Result<()> {
        let sealed = self.keys()?.seal("account_link", "email_enc", link, on_file)?;
        diesel::update(account_link::table)
            .filter(account_link::tenant_id.eq(self.tenant_id()))
            .filter(account_link::id.eq(link))
            .set(account_link::email_enc.eq(sealed))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    fn patients_like(&mut self, asked: &Asked) -> Result<Vec<(Uuid, String)>> {
        let token = self.keys()?.index().token(Scope::PATIENT_EMAIL, &asked.email);
        let rows: Vec<OnFileRow> = patient_search::table
            .inner_join(
                patient::table.on(patient::tenant_id
                    .eq(patient_search::tenant_id)
                    .and(patient::id.eq(patient_search::patient_id))),
            )
            .filter(patient_search::tenant_id.eq(self.tenant_id()))
            .filter(patient_search::token.eq(token))
            .select((patient::id, patient::email_enc, patient::birth_date_enc))
            .load(self.conn)
            .map_err(unavailable)?;
        let mut fitting = Vec::new();
        for (id, email, birth_date) in rows {
            let email = self.opened("patient", "email_enc", id, email)?;
            let birth_date = self.opened("patient", "birth_date_enc", id, birth_date)?;
            let email = email.filter(|email| normalise::email(email) == asked.email);
            let is_hers =
                birth_date.is_some() && birth_date.as_deref().map(str::trim) == asked.birth_date.as_deref();
            fitting.extend(email.filter(|_| is_hers).map(|email| (id, email.trim().to_owned())));
        }
        Ok(fitting)
    }

    /// The account of an e-mail, and whether it is active.
    fn account_of(&mut self, email: &str) -> Result<Option<(Uuid, bool)>> {
        let hash = self.keys()?.index().hash(Scope::PORTAL_EMAIL, email);
        portal_account::table
            .filter(portal_account::tenant_id.eq(self.tenant_id()))
            .filter(portal_account::email_hash.eq(hash.as_slice()))
            .select((portal_account::id, portal_account::is_active))
            .first(self.conn)
            .optional()
            .map_err(unavailable)
    }

    fn own_account_of(&mut self, patient: Uuid) -> Result<Option<Uuid>> {
        patient_access::table
            .filter(patient_access::tenant_id.eq(self.tenant_id()))
            .filter(patient_access::patient_id.eq(patient))
            .filter(patient_access::relationship.eq(Relationship::Myself.code()))
            .filter(patient_access::ended_at.is_null())
            .select(patient_access::account_id)
            .first(self.conn)
            .optional()
            .map_err(unavailable)
    }

    fn opened(
        &self,
        table: &'static str,
        column: &'static str,
        row: Uuid,
        sealed: Option<Vec<u8>>,
    ) -> Result<Option<String>> {
        let keys = self.keys()?;
        let opened = sealed.map(|sealed| keys.open(table, column, row, &sealed));
        Ok(opened.and_then(|text| text.text().map(|text| text.expose().to_owned())))
    }
}
