//! Records of patients. Nothing is deleted: what a patient was found by before still leads to the record, where a look in
//! clear decides.

use super::record_rows::{RecordColumns, RecordRow, SELECT};
use crate::errors::{is_unique_violation, unavailable};
use crate::keys::TenantKeys;
use crate::schema::{patient, patient_access, patient_search, portal_account};
use crate::search::{Words, is_match};
use crate::sql::{Statement, at_least};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::result::Error as Diesel;
use std::collections::{HashMap, HashSet};
use threadwell_application::ports::{
    HolderView, NewPatient, NumberedPatient, PortalAccess, Provisioning, Readable, RecordQuery, RecordText,
    RecordView, Records,
};
use threadwell_application::{Error, FieldProblem, Result};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::person::Mrn;
use threadwell_domain::{AccountId, Moment, PatientId, Phi};
use uuid::Uuid;

pub(super) const TABLE: &str = "patient";

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

    fn addresses_of_others(&mut self, wanted: &[(PatientId, Phi)]) -> Result<HashSet<usize>> {
        self.others_at(wanted)
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
