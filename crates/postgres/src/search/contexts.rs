//! Threads that have a term by their subject or their patient. A message in one of them needs the term in its text no
//! more.

use super::leads::narrow;
use super::terms::{AskedTerm, WholeValues};
use crate::errors::unavailable;
use crate::keys::TenantKeys;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{Bytea, Nullable, Uuid as SqlUuid};
use std::collections::HashSet;
use threadwell_application::Result;
use uuid::Uuid;

/// More threads than these are not carried around: the database looks each message's up.
pub(super) const NARROW: i64 = 2_000;
/// More patients of one e-mail or birth date than these are not looked at.
const PATIENTS: i64 = 200;

/// The threads that have a term without their messages.
#[derive(Clone)]
pub(super) enum Context {
    /// These.
    Narrow(HashSet<Uuid>),
    /// So many that each message's thread is looked up instead.
    Wide,
}

type PatientColumns = (SqlUuid, Bytea, Nullable<Bytea>, Nullable<Bytea>, Nullable<Bytea>);
type PatientRow = (Uuid, Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>);

impl PgTransaction<'_> {
    /// The patients that a term names as a whole: by record number, e-mail, telephone or date of birth.
    pub(super) fn named_patients(&mut self, term: &AskedTerm) -> Result<Vec<Uuid>> {
        let (keys, whole) = (self.keys()?, &term.whole);
        let rows: Vec<PatientRow> = Statement::<PatientColumns>::new(
            "SELECT p.id, p.mrn_enc, p.email_enc, p.phone_enc, p.birth_date_enc FROM patient p WHERE p.tenant_id = ",
        )
        .uuid(self.tenant_id())
        .sql(" AND p.mrn_hash = ")
        .bytes(whole.mrn_hash.clone())
        .sql(
            " UNION ALL SELECT p.id, p.mrn_enc, p.email_enc, p.phone_enc, p.birth_date_enc FROM patient_search s \
             JOIN patient p ON p.tenant_id = ",
        )
        .uuid(self.tenant_id())
        .sql(" AND p.id = s.patient_id WHERE s.tenant_id = ")
        .uuid(self.tenant_id())
        .sql(" AND s.token = ANY (")
        .big_ints(whole.tokens.clone())
        .sql(") LIMIT ")
        .number(PATIENTS)
        .load(self.conn)
        .map_err(unavailable)?;
        Ok(rows.into_iter().filter(|row| is_named(whole, row, &keys)).map(|(id, ..)| id).collect())
    }

    /// The threads that have a term without their messages.
    pub(super) fn context_of(&mut self, term: &AskedTerm) -> Result<Context> {
        let mut rows = Vec::new();
        if !term.subject_tokens.is_empty() {
            rows.extend(self.threads_by_subject(&term.subject_tokens)?);
        }
        if !term.name_tokens.is_empty() {
            rows.extend(self.threads_by_name(&term.name_tokens)?);
        }
        if !term.patients.is_empty() {
            rows.extend(self.threads_of_patients(&term.patients)?);
        }
        Ok(narrow(rows.into_iter().collect()))
    }

    fn threads_by_subject(&mut self, tokens: &[i64]) -> Result<Vec<Uuid>> {
        let tenant = self.tenant_id();
        let mut query = threads_by(tokens, "SELECT s.thread_id FROM thread_search s WHERE s.tenant_id = ")
            .uuid(tenant)
            .sql(" AND s.is_current");
        for (n, token) in tokens.iter().enumerate() {
            query = match n {
                0 => query.sql(" AND s.token = ").big_int(*token),
                _ => query
                    .sql(" AND EXISTS (SELECT FROM thread_search o WHERE o.tenant_id = ")
                    .uuid(tenant)
                    .sql(" AND o.thread_id = s.thread_id AND o.is_current AND o.token = ")
                    .big_int(*token)
                    .sql(")"),
            };
        }
        self.load_ids(query)
    }

    fn threads_by_name(&mut self, tokens: &[i64]) -> Result<Vec<Uuid>> {
        let tenant = self.tenant_id();
        let mut query =
            threads_by(tokens, "SELECT x.id FROM patient_search s JOIN thread x ON x.tenant_id = ")
                .uuid(tenant)
                .sql(" AND x.patient_id = s.patient_id WHERE s.tenant_id = ")
                .uuid(tenant);
        for (n, token) in tokens.iter().enumerate() {
            query = match n {
                0 => query.sql(" AND s.token = ").big_int(*token),
                _ => query
                    .sql(" AND EXISTS (SELECT FROM patient_search o WHERE o.tenant_id = ")
                    .uuid(tenant)
                    .sql(" AND o.patient_id = s.patient_id AND o.token = ")
                    .big_int(*token)
                    .sql(")"),
            };
        }
        self.load_ids(query)
    }

    fn threads_of_patients(&mut self, patients: &[Uuid]) -> Result<Vec<Uuid>> {
        let query = Statement::<(SqlUuid,)>::new("SELECT t.id FROM thread t WHERE t.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND t.patient_id = ANY (")
            .uuids(patients.to_vec())
            .sql(")");
        self.load_ids(query)
    }

    pub(super) fn load_ids(&mut self, query: Statement<(SqlUuid,)>) -> Result<Vec<Uuid>> {
        let rows: Vec<(Uuid,)> =
            query.sql(" LIMIT ").number(NARROW + 1).load(self.conn).map_err(unavailable)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}

/// A statement over so many tokens. A single word is what is asked for most, and planned once.
fn threads_by(tokens: &[i64], select: &'static str) -> Statement<(SqlUuid,)> {
    if tokens.len() == 1 { Statement::new(select) } else { Statement::uncached(select) }
}

/// Tokens can collide: what they lead to is looked at in clear.
fn is_named(whole: &WholeValues, row: &PatientRow, keys: &TenantKeys) -> bool {
    let (id, mrn, email, phone, birth_date) = row;
    let open = |column: &str, sealed: &[u8]| {
        keys.open("patient", column, *id, sealed).text().map(|text| text.expose().to_owned())
    };
    let some =
        |column: &str, sealed: &Option<Vec<u8>>| sealed.as_ref().and_then(|sealed| open(column, sealed));
    let (email, phone) = (some("email_enc", email), some("phone_enc", phone));
    let (mrn, birth_date) = (open("mrn_enc", mrn), some("birth_date_enc", birth_date));
    whole.is_of(&mrn.unwrap_or_default(), email.as_deref(), phone.as_deref(), birth_date.as_deref())
}
