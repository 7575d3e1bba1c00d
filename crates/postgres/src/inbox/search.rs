//! A search among threads, in two steps: a look at the newest ones, which common words fill a page from, then the
//! threads that carry the tokens, of which rare words have few. Either alone is slow for the other kind of word.

use crate::search::{Words, is_match};
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use std::collections::HashSet;
use std::sync::Arc;
use threadwell_application::Result;
use threadwell_application::ports::StaffThreadView;
use threadwell_crypto::{Scope, normalise};
use uuid::Uuid;

/// How many of the newest threads the first step looks at.
const NEWEST: i64 = 2_000;
/// How many words choose candidates; the others are compared after opening.
const TERMS_MAX: usize = 8;

/// Which step is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// Looks through the newest threads.
    Newest,
    /// Starts from the threads that carry the tokens.
    Candidates,
}

/// What is searched for.
#[derive(Clone, Debug)]
pub(super) struct Search {
    text: Arc<Words>,
    mrn: String,
    mrn_hash: Vec<u8>,
    /// For each term its token among subjects and among names.
    terms: Vec<(i64, i64)>,
    /// Threads that were found by the texts of their messages.
    found: HashSet<Uuid>,
    pub(super) step: Step,
}

impl PgTransaction<'_> {
    /// Resolves a text into tokens.
    pub(super) fn search_for(&mut self, text: &str) -> Result<Search> {
        let found = self.threads_by_texts(text)?.into_iter().collect();
        Ok(Search { found, ..self.search_without_texts(text)? })
    }

    /// Resolves a text that is looked for in subjects and names alone.
    pub(super) fn search_without_texts(&self, text: &str) -> Result<Search> {
        let keys = self.keys()?;
        let (index, mrn) = (keys.index(), normalise::mrn(text));
        let tokens = |term: &String| {
            (index.token(Scope::THREAD_SUBJECT, term), index.token(Scope::PATIENT_NAME, term))
        };
        Ok(Search {
            text: Arc::new(Words::of(text)),
            mrn_hash: index.hash(Scope::PATIENT_MRN, &mrn).to_vec(),
            mrn,
            terms: normalise::query_terms(text).iter().take(TERMS_MAX).map(tokens).collect(),
            found: HashSet::new(),
            step: Step::Newest,
        })
    }
}

impl Search {
    /// Looks at a candidate in clear.
    pub(super) fn is_meant(&self, view: &StaffThreadView) -> bool {
        if self.found.contains(&view.facts.id.uuid()) {
            return true;
        }
        let mrn = view.patient_mrn.text().map(|mrn| normalise::mrn(mrn.expose()));
        mrn.is_some_and(|mrn| mrn == self.mrn) || is_match(&self.text, &[&view.subject, &view.patient_name])
    }

    /// Narrows a walk over threads `t`, of which no condition is missing but this one.
    pub(super) fn narrow<Row>(&self, walk: Statement<Row>, tenant: Uuid) -> Statement<Row> {
        let walk = walk.not_cached();
        match self.step {
            Step::Newest => self.among_the_newest(walk, tenant),
            Step::Candidates => self.among_candidates(walk, tenant),
        }
    }

    fn among_the_newest<Row>(&self, walk: Statement<Row>, tenant: Uuid) -> Statement<Row> {
        let mut query = walk
            .sql(" ORDER BY t.last_message_at DESC, t.id DESC LIMIT ")
            .number(NEWEST)
            .sql(") t WHERE (t.id = ANY (")
            .uuids(self.found.iter().copied().collect())
            .sql(") OR EXISTS (SELECT FROM patient p WHERE p.tenant_id = ")
            .uuid(tenant)
            .sql(" AND p.id = t.patient_id AND p.mrn_hash = ")
            .bytes(self.mrn_hash.clone())
            .sql(")");
        for (n, (subject, name)) in self.terms.iter().enumerate() {
            query = query
                .sql(if n == 0 { " OR (" } else { " AND " })
                .sql("(EXISTS (SELECT FROM thread_search s WHERE s.tenant_id = ")
                .uuid(tenant)
                .sql(" AND s.token = ")
                .big_int(*subject)
                .sql(" AND s.thread_id = t.id AND s.is_current) OR EXISTS (SELECT FROM patient_search s WHERE s.tenant_id = ")
                .uuid(tenant)
                .sql(" AND s.token = ")
                .big_int(*name)
                .sql(" AND s.patient_id = t.patient_id))");
        }
        query.sql(if self.terms.is_empty() { ")" } else { "))" })
    }

    fn among_candidates<Row>(&self, walk: Statement<Row>, tenant: Uuid) -> Statement<Row> {
        let mut query = walk
            .sql(" AND t.id IN (SELECT unnest(")
            .uuids(self.found.iter().copied().collect())
            .sql(") UNION SELECT x.id FROM patient p JOIN thread x ON x.tenant_id = ")
            .uuid(tenant)
            .sql(" AND x.patient_id = p.id WHERE p.tenant_id = ")
            .uuid(tenant)
            .sql(" AND p.mrn_hash = ")
            .bytes(self.mrn_hash.clone());
        for (n, (subject, name)) in self.terms.iter().enumerate() {
            query = query
                .sql(if n == 0 { " UNION (" } else { " INTERSECT " })
                .sql("(SELECT s.thread_id FROM thread_search s WHERE s.tenant_id = ")
                .uuid(tenant)
                .sql(" AND s.is_current AND s.token = ")
                .big_int(*subject)
                .sql(" UNION ALL SELECT x.id FROM patient_search s JOIN thread x ON x.tenant_id = ")
                .uuid(tenant)
                .sql(" AND x.patient_id = s.patient_id WHERE s.tenant_id = ")
                .uuid(tenant)
                .sql(" AND s.token = ")
                .big_int(*name)
                .sql(")");
        }
        query.sql(if self.terms.is_empty() { ")" } else { "))" })
    }
}
