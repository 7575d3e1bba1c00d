//! What is looked up for each message `s` of the index, where no list of threads says it.

use super::candidates::Wanted;
use super::conditions::{Ids, any_in_text, in_text};
use super::contexts::Context;
use super::terms::AskedTerm;
use crate::transaction::PgTransaction;

impl PgTransaction<'_> {
    /// Every term but wide ones by text, subject or patient, and one by text where that is asked for.
    pub(super) fn meets_narrow(&self, query: Ids, wanted: &Wanted) -> Ids {
        let mut query = query;
        for (term, context) in &wanted.terms {
            if matches!(context, Context::Narrow(_)) {
                query = self.meets(query.sql(" AND "), term, context);
            }
        }
        if wanted.is_text_asked { any_in_text(query, wanted) } else { query }
    }

    /// Those alone that pass the filters, looked up one by one: `OFFSET 0` keeps the plan off reading all that do.
    pub(super) fn sifted(&self, query: Ids, wanted: &Wanted) -> Ids {
        let Some((narrowing, visible)) = &wanted.sieve else { return query };
        let query = query.sql(" AND EXISTS (SELECT FROM message m JOIN thread t ON t.tenant_id = ");
        let query = query.uuid(self.tenant_id()).sql(" AND t.id = m.thread_id WHERE m.tenant_id = ");
        let query = query.uuid(self.tenant_id()).sql(" AND m.id = s.message_id");
        narrowing.conditions(query, *visible).sql(" OFFSET 0)")
    }

    pub(super) fn meets(&self, query: Ids, term: &AskedTerm, context: &Context) -> Ids {
        let query = in_text(query.sql("("), term);
        let query = match context {
            Context::Narrow(threads) if threads.is_empty() => query,
            Context::Narrow(threads) => {
                query.sql(" OR s.thread_id = ANY (").uuids(threads.iter().copied().collect()).sql(")")
            }
            Context::Wide => self.looked_up(query, term),
        };
        query.sql(")")
    }

    /// The thread's subject, or the names of its patient, have all the tokens; or the patient is named as a whole.
    fn looked_up(&self, query: Ids, term: &AskedTerm) -> Ids {
        let tenant = self.tenant_id();
        let mut query = query.sql(" OR (true");
        for token in &term.subject_tokens {
            query = query
                .sql(" AND EXISTS (SELECT FROM thread_search o WHERE o.tenant_id = ")
                .uuid(tenant)
                .sql(" AND o.thread_id = s.thread_id AND o.is_current AND o.token = ")
                .big_int(*token)
                .sql(")");
        }
        query = query.sql(") OR EXISTS (SELECT FROM thread x WHERE x.tenant_id = ").uuid(tenant);
        query = query.sql(" AND x.id = s.thread_id AND (x.patient_id = ANY (").uuids(term.patients.clone());
        query = query.sql(") OR true");
        for token in &term.name_tokens {
            query = query
                .sql(" AND EXISTS (SELECT FROM patient_search o WHERE o.tenant_id = ")
                .uuid(tenant)
                .sql(" AND o.patient_id = x.patient_id AND o.token = ")
                .big_int(*token)
                .sql(")");
        }
        query.sql("))")
    }
}
