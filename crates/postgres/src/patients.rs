//! Patients, found by the beginnings of their names or their exact record number.

use crate::errors::unavailable;
use crate::schema::patient;
use crate::search::{Words, is_match};
use crate::sql::{Statement, at_least};
use crate::transaction::PgTransaction;
use diesel::dsl::{exists, select};
use diesel::prelude::*;
use diesel::sql_types::{Bytea, Nullable, Uuid as SqlUuid};
use threadwell_application::Result;
use threadwell_application::ports::{PatientHit, Patients, Readable};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::PatientId;
use uuid::Uuid;

type HitColumns = (SqlUuid, Bytea, Bytea, Nullable<Bytea>, Bytea);
type HitRow = (Uuid, Vec<u8>, Vec<u8>, Option<Vec<u8>>, Vec<u8>);

impl Patients for PgTransaction<'_> {
    fn exists(&mut self, id: PatientId) -> Result<bool> {
        let found =
            patient::table.filter(patient::tenant_id.eq(self.tenant_id())).filter(patient::id.eq(id.uuid()));
        select(exists(found)).get_result(self.conn).map_err(unavailable)
    }

    fn search(&mut self, words: &str, limit: i64) -> Result<Vec<PatientHit>> {
        let keys = self.keys()?;
        let tokens = keys.index().query_tokens(Scope::PATIENT_NAME, words);
        let mrn_hash = keys.index().hash(Scope::PATIENT_MRN, &normalise::mrn(words)).to_vec();
        let count = i64::try_from(tokens.len()).unwrap_or(i64::MAX);
        let rows: Vec<HitRow> = Statement::<HitColumns>::new(
            "SELECT p.id, p.name_enc, p.mrn_enc, p.birth_date_enc, p.mrn_hash FROM patient p WHERE p.tenant_id = ",
        )
        .uuid(self.tenant_id())
        .sql(" AND (p.mrn_hash = ")
        .bytes(mrn_hash.clone())
        .sql(" OR p.id IN (SELECT s.patient_id FROM patient_search s WHERE s.tenant_id = ")
        .uuid(self.tenant_id())
        .sql(" AND s.token = ANY (")
        .big_ints(tokens.into_iter().collect())
        .sql(") GROUP BY s.patient_id HAVING count(*) = ")
        .big_int(count.max(1))
        .sql(")) ORDER BY p.id LIMIT ")
        .number(at_least(limit))
        .load(self.conn)
        .map_err(unavailable)?;
        let asked = Words::of(words);
        let mut hits: Vec<PatientHit> = rows
            .into_iter()
            .filter_map(|(id, name, mrn, birth_date, hash)| {
                let full_name = keys.open("patient", "name_enc", id, &name);
                let is_meant = hash == mrn_hash || is_match(&asked, &[&full_name]);
                is_meant.then(|| PatientHit {
                    id: PatientId::new(id),
                    full_name,
                    mrn: keys.open("patient", "mrn_enc", id, &mrn),
                    birth_date: birth_date.map(|sealed| keys.open("patient", "birth_date_enc", id, &sealed)),
                })
            })
            .collect();
        hits.sort_by_cached_key(|hit| hit.full_name.text().map(|name| name.expose().to_lowercase()));
        hits.truncate(usize::try_from(limit).unwrap_or(0));
        hits.iter().for_each(|hit| self.trail.patient(hit.id));
        Ok(hits)
    }
}

/// Whether a text can be shown at all; an unreadable one cannot be matched against words.
pub(crate) fn readable(text: &Readable) -> Option<&str> {
    text.text().map(threadwell_domain::Phi::expose)
}
