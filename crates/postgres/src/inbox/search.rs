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

/// What a thread has of a term: each of the tokens by its subject, each by its patient's names, or one of the patients.
#[derive(Clone, Debug)]
pub(crate) struct TermTokens {
    pub(crate) subject: Vec<i64>,
    pub(crate) name: Vec<i64>,
    pub(crate) patients: Vec<Uuid>,
}

/// What is searched for.
#[derive(Clone, Debug)]
pub(super) struct Search {
    text: Arc<Words>,
    mrn: String,
    mrn_hash: Vec<u8>,
    terms: Vec<TermTokens>,
    /// Threads that were found by the texts of their messages.
    found: HashSet<Uuid>,
    pub(super) step: Step,
}

impl PgTransaction<'_> {
    /// Resolves a text into tokens.
    pub(super) fn search_for(&mut self, text: &str) -> Result<Search> {
        let found = self.threads_by_texts(text)?.into_iter().collect();
        let keys = self.keys()?;
        let (index, mrn) = (keys.index(), normalise::mrn(text));
        let tokens = |term: &String| TermTokens {
            subject: vec![index.token(Scope::THREAD_SUBJECT, term)],
            name: vec![index.token(Scope::PATIENT_NAME, term)],
            patients: Vec::new(),
        };
        Ok(Search {
            text: Arc::new(Words::of(text)),
            mrn_hash: index.hash(Scope::PATIENT_MRN, &mrn).to_vec(),
            mrn,
            terms: normalise::query_terms(text).iter().take(TERMS_MAX).map(tokens).collect(),
            found,
            step: Step::Newest,
        })
    }
}

impl Search {
    /// A search by terms that are resolved, and compared by the caller.
    pub(super) fn of_terms(terms: Vec<TermTokens>) -> Self {
        Self {
            text: Arc::new(Words::of("")),
            mrn: String::new(),
            mrn_hash: Vec::new(),
            terms,
            found: HashSet::new(),
            step: Step::Newest,
        }
    }

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
        for (n, term) in self.terms.iter().enumerate() {
            query = term.looked_up(query.sql(if n == 0 { " OR (" } else { " AND " }), tenant);
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
        for (n, term) in self.terms.iter().enumerate() {
            query = term.candidates(query.sql(if n == 0 { " UNION (" } else { " INTERSECT " }), tenant);
        }
        query.sql(if self.terms.is_empty() { ")" } else { "))" })
    }
}

impl TermTokens {
    /// Looks up whether a thread `t` has the term.
    fn looked_up<Row>(&self, query: Statement<Row>, tenant: Uuid) -> Statement<Row> {
        let mut query = query.sql("(t.patient_id = ANY (").uuids(self.patients.clone()).sql(")");
        for (n, token) in self.subject.iter().enumerate() {
            query = of_subject(query.sql(if n == 0 { " OR " } else { " AND " }), tenant, *token);
        }
        for (n, token) in self.name.iter().enumerate() {
            query = of_name(query.sql(if n == 0 { " OR " } else { " AND " }), tenant, *token);
        }
        query.sql(")")
    }

    /// The threads that have the term.
    fn candidates<Row>(&self, query: Statement<Row>, tenant: Uuid) -> Statement<Row> {
        let mut query = query
            .sql("(SELECT t.id FROM thread t WHERE t.tenant_id = ")
            .uuid(tenant)
            .sql(" AND t.patient_id = ANY (")
            .uuids(self.patients.clone())
            .sql(")");
        for (n, token) in self.subject.iter().enumerate() {
            query = match n {
                0 => query
                    .sql(" UNION ALL SELECT t.id FROM (SELECT s.thread_id AS id FROM thread_search s WHERE s.tenant_id = ")
                    .uuid(tenant)
                    .sql(" AND s.is_current AND s.token = ")
                    .big_int(*token)
                    .sql(") t WHERE true"),
                _ => of_subject(query.sql(" AND "), tenant, *token),
            };
        }
        for (n, token) in self.name.iter().enumerate() {
            query = match n {
                0 => query
                    .sql(" UNION ALL SELECT t.id FROM patient_search s JOIN thread t ON t.tenant_id = ")
                    .uuid(tenant)
                    .sql(" AND t.patient_id = s.patient_id WHERE s.tenant_id = ")
                    .uuid(tenant)
                    .sql(" AND s.token = ")
                    .big_int(*token),
                _ => of_name(query.sql(" AND "), tenant, *token),
            };
        }
        query.sql(")")
    }
}

fn of_subject<Row>(query: Statement<Row>, tenant: Uuid, token: i64) -> Statement<Row> {
    query
        .sql("EXISTS (SELECT FROM thread_search o WHERE o.tenant_id = ")
        .uuid(tenant)
        .sql(" AND o.token = ")
        .big_int(token)
        .sql(" AND o.thread_id = t.id AND o.is_current)")
}

fn of_name<Row>(query: Statement<Row>, tenant: Uuid, token: i64) -> Statement<Row> {
    query
        .sql("EXISTS (SELECT FROM patient_search o WHERE o.tenant_id = ")
        .uuid(tenant)
        .sql(" AND o.token = ")
        .big_int(token)
        .sql(" AND o.patient_id = t.patient_id)")
}
