//! Patients' rows as records, and which of them are meant.

use super::records::TABLE;
use crate::errors::unavailable;
use crate::keys::TenantKeys;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{Bytea, Integer, Nullable, Text, Uuid as SqlUuid};
use threadwell_application::Result;
use threadwell_application::ports::{OfAge, PortalAccess, Readable, RecordQuery, RecordView};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::PatientId;
use threadwell_domain::access::Relationship;
use uuid::Uuid;

/// A guardian's access that ends so soon, or ended so lately, is to be handed over to the patient.
const SOON: Duration = Duration::days(60);
const LATELY: Duration = Duration::days(365);

pub(super) type RecordColumns =
    (SqlUuid, Bytea, Bytea, Nullable<Bytea>, Nullable<Bytea>, Nullable<Bytea>, Text, Integer);

#[derive(Queryable)]
pub(super) struct RecordRow {
    pub(super) id: Uuid,
    name_enc: Vec<u8>,
    mrn_enc: Vec<u8>,
    birth_date_enc: Option<Vec<u8>>,
    phone_enc: Option<Vec<u8>>,
    email_enc: Option<Vec<u8>>,
    language: String,
    version: i32,
}

pub(super) const SELECT: &str = "SELECT p.id, p.name_enc, p.mrn_enc, p.birth_date_enc, p.phone_enc, p.email_enc, p.language, p.version \
     FROM patient p WHERE p.tenant_id = ";

impl PgTransaction<'_> {
    pub(super) fn record_rows(
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
    pub(super) fn comes_of_age(&self, age: OfAge, view: &RecordView) -> bool {
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
}

impl RecordRow {
    pub(super) fn view(self, keys: &TenantKeys) -> RecordView {
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
