//! Records of patients. Nothing is deleted: what a patient was found by before still leads to the record, where a look in
//! clear decides.

use crate::errors::{is_unique_violation, unavailable};
use crate::keys::TenantKeys;
use crate::schema::{
    account_link, patient, patient_access, patient_search, portal_account, second_factor, session,
};
use crate::search::{Words, is_match};
use crate::sessions::ACCOUNT;
use crate::sql::{Statement, at_least};
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::result::Error as Diesel;
use diesel::sql_types::{Bytea, Integer, Nullable, Text, Uuid as SqlUuid};
use std::collections::{HashMap, HashSet};
use threadwell_application::ports::{
    HolderView, LINK_ATTEMPTS, LinkPurpose, NewPatient, NumberedPatient, OfAge, PortalAccess, Provisioning,
    Readable, RecordQuery, RecordText, RecordView, Records,
};
use threadwell_application::{Error, FieldProblem, Result};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::access::Relationship;
use threadwell_domain::person::Mrn;
use threadwell_domain::{AccountId, Moment, PatientId, Phi};
use uuid::Uuid;

const TABLE: &str = "patient";
/// A guardian's access that ends so soon, or ended so lately, is to be handed over to the patient.
const SOON: Duration = Duration::days(60);
const LATELY: Duration = Duration::days(365);

type RecordColumns =
    (SqlUuid, Bytea, Bytea, Nullable<Bytea>, Nullable<Bytea>, Nullable<Bytea>, Text, Integer);

#[derive(Queryable)]
struct RecordRow {
    id: Uuid,
    name_enc: Vec<u8>,
    mrn_enc: Vec<u8>,
    birth_date_enc: Option<Vec<u8>>,
    phone_enc: Option<Vec<u8>>,
    email_enc: Option<Vec<u8>>,
    language: String,
    version: i32,
}

const SELECT: &str = "SELECT p.id, p.name_enc, p.mrn_enc, p.birth_date_enc, p.phone_enc, p.email_enc, p.language, p.version \
     FROM patient p WHERE p.tenant_id = ";

/// What is searched for, in clear.
struct Wanted {
    words: Words,
    mrn: String,
    email: String,
}

impl Records for PgTransaction<'_> {
    fn records(&mut self, query: &RecordQuery) -> Result<(Vec<RecordView>, bool)> {
        let limit = usize::try_from(query.limit).unwrap_or(0);
        let fetched = at_least(query.limit + 1);
        let wanted = query.search.as_ref().map(|text| Wanted::of(text.expose()));
        let (mut after, mut found) = (query.after, Vec::with_capacity(limit + 1));
        loop {
            let rows = self.record_rows(query, after, fetched)?;
            let is_last = rows.len() < usize::try_from(fetched).unwrap_or(usize::MAX);
            after = rows.last().map(|row| PatientId::new(row.id));
            let keys = self.keys()?;
            let views = rows.into_iter().map(|row| row.view(&keys));
            let is_wanted = |view: &RecordView| wanted.as_ref().is_none_or(|wanted| wanted.is(view));
            let comes =
                |view: &RecordView| query.coming_of_age.is_none_or(|age| self.comes_of_age(age, view));
            found.extend(views.filter(is_wanted).filter(comes));
            if is_last || found.len() > limit {
                break;
            }
        }
        let has_more = found.len() > limit;
        found.truncate(limit);
        self.add_access(&mut found)?;
        found.iter().for_each(|view| self.trail.patient(view.id));
        Ok((found, has_more))
    }

    fn record(&mut self, id: PatientId) -> Result<Option<RecordView>> {
        let row: Option<RecordRow> = Statement::<RecordColumns>::new(SELECT)
            .uuid(self.tenant_id())
            .sql(" AND p.id = ")
            .uuid(id.uuid())
            .sql(" FOR NO KEY UPDATE")
            .get_result(self.conn)
            .optional()
            .map_err(unavailable)?;
        let keys = self.keys()?;
        let mut found: Vec<RecordView> = row.into_iter().map(|row| row.view(&keys)).collect();
        self.add_access(&mut found)?;
        found.iter().for_each(|view| self.trail.patient(view.id));
        Ok(found.pop())
    }

    fn by_numbers(&mut self, numbers: &[Mrn]) -> Result<Vec<NumberedPatient>> {
        let keys = self.keys()?;
        let mut places: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
        for (place, number) in numbers.iter().enumerate() {
            places.entry(mrn_hash(&keys, number).to_vec()).or_default().push(place);
        }
        let rows: Vec<(Uuid, Vec<u8>, Option<Vec<u8>>)> = patient::table
            .filter(patient::tenant_id.eq(self.tenant_id()))
            .filter(patient::mrn_hash.eq_any(places.keys().cloned().collect::<Vec<_>>()))
            .select((patient::id, patient::mrn_hash, patient::email_enc))
            .load(self.conn)
            .map_err(unavailable)?;
        let access = self.access_of(&rows.iter().map(|row| row.0).collect::<Vec<_>>())?;
        let mut numbered = Vec::with_capacity(numbers.len());
        for (id, hash, email) in rows {
            let email = email.map(|sealed| keys.open(TABLE, "email_enc", id, &sealed));
            let access = access.get(&id).copied().unwrap_or(PortalAccess::None);
            let places = places.get(&hash).into_iter().flatten();
            let found = |place: &usize| NumberedPatient {
                id: PatientId::new(id),
                place: *place,
                email: email.clone(),
                access,
            };
            numbered.extend(places.map(found));
            self.trail.patient(PatientId::new(id));
        }
        Ok(numbered)
    }

    fn add_record(&mut self, id: PatientId, text: &RecordText) -> Result<()> {
        let new = NewPatient {
            id,
            full_name: text.full_name.as_phi().clone(),
            mrn: text.mrn.as_phi().clone(),
            birth_date: text.birth_date.map(|date| Phi::new(date.text())),
            phone: text.phone.as_ref().map(|phone| phone.as_phi().clone()),
            email: text.email.as_ref().map(|email| email.as_phi().clone()),
            language: text.language.as_str().to_owned(),
        };
        Provisioning::add_patient(self, &new).map_err(|error| match error {
            Error::Invalid(_) => Error::field("/mrn", FieldProblem::Taken),
            other => other,
        })
    }

    fn save_record(&mut self, id: PatientId, text: &RecordText) -> Result<()> {
        let (keys, row) = (self.keys()?, id.uuid());
        let seal = |column, text: &str| keys.seal(TABLE, column, row, text);
        let birth_date = text.birth_date.map(|date| date.text());
        let phone = text.phone.as_ref().map(|phone| phone.as_phi().expose());
        let email = text.email.as_ref().map(|email| email.as_phi().expose());
        diesel::update(patient::table)
            .filter(patient::tenant_id.eq(self.tenant_id()))
            .filter(patient::id.eq(row))
            .set((
                patient::mrn_hash.eq(mrn_hash(&keys, &text.mrn).to_vec()),
                patient::mrn_enc.eq(seal("mrn_enc", text.mrn.as_phi().expose())?),
                patient::name_enc.eq(seal("name_enc", text.full_name.as_phi().expose())?),
                patient::birth_date_enc
                    .eq(birth_date.as_deref().map(|text| seal("birth_date_enc", text)).transpose()?),
                patient::phone_enc.eq(phone.map(|text| seal("phone_enc", text)).transpose()?),
                patient::email_enc.eq(email.map(|text| seal("email_enc", text)).transpose()?),
                patient::language.eq(text.language.as_str()),
                patient::version.eq(patient::version + 1),
            ))
            .execute(self.conn)
            .map_err(taken_or_unavailable)?;
        self.index_patient(row, email, phone, birth_date.as_deref())?;
        self.index_name(row, text.full_name.as_phi())
    }

    fn holders(&mut self, id: PatientId) -> Result<Vec<HolderView>> {
        let tenant = self.tenant_id();
        let rows: Vec<HolderRow> = patient_access::table
            .inner_join(portal_account::table.on(
                portal_account::tenant_id.eq(tenant).and(portal_account::id.eq(patient_access::account_id)),
            ))
            .filter(patient_access::tenant_id.eq(tenant))
            .filter(patient_access::patient_id.eq(id.uuid()))
            .filter(patient_access::ended_at.is_null())
            .order((patient_access::relationship, patient_access::created_at, patient_access::account_id))
            .select((
                portal_account::id,
                portal_account::full_name_enc,
                portal_account::email_enc,
                portal_account::is_active,
                (
                    patient_access::patient_id,
                    patient_access::relationship,
                    patient_access::scope,
                    patient_access::expires_at,
                ),
            ))
            .load(self.conn)
            .map_err(unavailable)?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let (seen, proved) = (self.last_seen(&ids)?, self.accounts_with_factors(&ids)?);
        let keys = self.keys()?;
        let view = |row: HolderRow| {
            let grant = crate::door::grant(row.grant)?;
            Ok(HolderView {
                account: AccountId::new(row.id),
                full_name: keys.open("portal_account", "full_name_enc", row.id, &row.full_name_enc),
                email: keys.open("portal_account", "email_enc", row.id, &row.email_enc),
                relationship: grant.relationship,
                scope: grant.scope,
                expires_at: grant.expires_at,
                is_active: row.is_active,
                last_sign_in_at: seen.get(&row.id).copied(),
                has_second_factor: proved.contains(&row.id),
            })
        };
        rows.into_iter().map(view).collect()
    }
}

#[derive(Queryable)]
struct HolderRow {
    id: Uuid,
    full_name_enc: Vec<u8>,
    email_enc: Vec<u8>,
    is_active: bool,
    grant: (Uuid, i16, i16, Option<Moment>),
}

impl PgTransaction<'_> {
    fn record_rows(
        &mut self,
        wanted: &RecordQuery,
        after: Option<PatientId>,
        rows: i64,
    ) -> Result<Vec<RecordRow>> {
        let (tenant, keys) = (self.tenant_id(), self.keys()?);
        let mut query = Statement::<RecordColumns>::new(SELECT).uuid(tenant);
        if let Some(text) = &wanted.search {
            let tokens: Vec<i64> =
                keys.index().query_tokens(Scope::PATIENT_NAME, text.expose()).into_iter().collect();
            let email = keys.index().token(Scope::PATIENT_EMAIL, &normalise::email(text.expose()));
            let count = i64::try_from(tokens.len()).unwrap_or(i64::MAX).max(1);
            let mrn = keys.index().hash(Scope::PATIENT_MRN, &normalise::mrn(text.expose()));
            query = query
                .sql(" AND (p.mrn_hash = ")
                .bytes(mrn.to_vec())
                .sql(" OR p.id IN (SELECT s.patient_id FROM patient_search s WHERE s.tenant_id = ")
                .uuid(tenant)
                .sql(" AND s.token = ")
                .big_int(email)
                .sql(") OR p.id IN (SELECT s.patient_id FROM patient_search s WHERE s.tenant_id = ")
                .uuid(tenant)
                .sql(" AND s.token = ANY (")
                .big_ints(tokens)
                .sql(") GROUP BY s.patient_id HAVING count(*) = ")
                .big_int(count)
                .sql("))");
        }
        if wanted.coming_of_age.is_some() {
            query = self.coming_of_age(query);
        }
        if let Some(after) = after {
            query = query.sql(" AND p.id < ").uuid(after.uuid());
        }
        query.sql(" ORDER BY p.id DESC LIMIT ").number(rows).load(self.conn).map_err(unavailable)
    }

    /// Whether somebody is of age soon, or since lately. A guardian's access may have ended for another reason.
    fn comes_of_age(&self, age: OfAge, view: &RecordView) -> bool {
        let majority = age.of(view.birth_date.as_ref());
        majority.is_some_and(|majority| (self.now - LATELY..=self.now + SOON).contains(&majority))
    }

    /// Holds records to those of patients whom a guardian leaves, and who cannot sign in themselves.
    fn coming_of_age(&self, query: Statement<RecordColumns>) -> Statement<RecordColumns> {
        let tenant = self.tenant_id();
        query
            .sql(" AND EXISTS (SELECT FROM patient_access g WHERE g.tenant_id = ")
            .uuid(tenant)
            .sql(" AND g.patient_id = p.id AND g.ended_at IS NULL AND g.relationship = ")
            .code(Relationship::Guardian.code())
            .sql(" AND g.expires_at BETWEEN ")
            .moment(self.now - LATELY)
            .sql(" AND ")
            .moment(self.now + SOON)
            .sql(") AND NOT EXISTS (SELECT FROM patient_access o JOIN portal_account c ON c.tenant_id = ")
            .uuid(tenant)
            .sql(" AND c.id = o.account_id AND c.is_active WHERE o.tenant_id = ")
            .uuid(tenant)
            .sql(" AND o.patient_id = p.id AND o.ended_at IS NULL AND o.relationship = ")
            .code(Relationship::Myself.code())
            .sql(")")
    }

    fn add_access(&mut self, views: &mut [RecordView]) -> Result<()> {
        let access = self.access_of(&views.iter().map(|view| view.id.uuid()).collect::<Vec<_>>())?;
        for view in views {
            view.access = access.get(&view.id.uuid()).copied().unwrap_or(PortalAccess::None);
        }
        Ok(())
    }

    /// Whether patients themselves have a way into the portal.
    fn access_of(&mut self, patients: &[Uuid]) -> Result<HashMap<Uuid, PortalAccess>> {
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

    fn index_name(&mut self, row: Uuid, name: &Phi) -> Result<()> {
        let tenant = self.tenant_id();
        let tokens = self.keys()?.index().text_tokens(Scope::PATIENT_NAME, name.expose());
        let rows: Vec<_> = tokens
            .into_iter()
            .map(|token| {
                (
                    patient_search::tenant_id.eq(tenant),
                    patient_search::token.eq(token),
                    patient_search::patient_id.eq(row),
                )
            })
            .collect();
        diesel::insert_into(patient_search::table)
            .values(rows)
            .on_conflict_do_nothing()
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn last_seen(&mut self, accounts: &[Uuid]) -> Result<HashMap<Uuid, Moment>> {
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

    fn accounts_with_factors(&mut self, accounts: &[Uuid]) -> Result<HashSet<Uuid>> {
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

impl RecordRow {
    fn view(self, keys: &TenantKeys) -> RecordView {
        let id = self.id;
        let open = |column, sealed: Option<Vec<u8>>| -> Option<Readable> {
            sealed.map(|sealed| keys.open(TABLE, column, id, &sealed))
        };
        RecordView {
            id: PatientId::new(id),
            full_name: keys.open(TABLE, "name_enc", id, &self.name_enc),
            mrn: keys.open(TABLE, "mrn_enc", id, &self.mrn_enc),
            birth_date: open("birth_date_enc", self.birth_date_enc),
            phone: open("phone_enc", self.phone_enc),
            email: open("email_enc", self.email_enc),
            language: self.language,
            access: PortalAccess::None,
            version: self.version,
        }
    }
}

impl Wanted {
    fn of(text: &str) -> Self {
        Self { words: Words::of(text), mrn: normalise::mrn(text), email: normalise::email(text) }
    }

    /// Tokens suggest, also those of what a record said before; what it says now decides.
    fn is(&self, view: &RecordView) -> bool {
        let is = |text: Option<&Readable>, normal: fn(&str) -> String, wanted: &str| {
            text.and_then(Readable::text).is_some_and(|text| normal(text.expose()) == wanted)
        };
        is(Some(&view.mrn), normalise::mrn, &self.mrn)
            || is(view.email.as_ref(), normalise::email, &self.email)
            || is_match(&self.words, &[&view.full_name])
    }
}

fn mrn_hash(keys: &TenantKeys, number: &Mrn) -> [u8; 32] {
    keys.index().hash(Scope::PATIENT_MRN, &normalise::mrn(number.as_phi().expose()))
}

fn taken_or_unavailable(source: Diesel) -> Error {
    if is_unique_violation(&source) { Error::field("/mrn", FieldProblem::Taken) } else { unavailable(source) }
}
