//! What leads to messages beside words: who wrote them, and threads that a filter leaves few of.
//!
//! Either is like one more term, which messages have by their tokens of senders or by standing in one of some threads.
//! Threads too many to be named lead nowhere: the [sieve](super::sifting) looks each message's up.

use super::candidates::Wanted;
use super::contexts::{Context, NARROW};
use super::narrowing::Narrowing;
use super::terms::AskedTerm;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::sql_types::Uuid as SqlUuid;
use std::collections::HashSet;
use threadwell_application::Result;
use uuid::Uuid;

impl PgTransaction<'_> {
    /// Adds what the filters lead to.
    pub(super) fn lead(&mut self, wanted: &mut Wanted, narrowing: &Narrowing) -> Result<()> {
        if let Some(senders) = narrowing.senders(self.keys()?.index()) {
            if narrowing.is_by_patients() {
                let threads = self.threads_of_authors(narrowing)?;
                wanted.lead(AskedTerm::carrying(senders), threads);
            } else {
                wanted.senders = Some(senders);
            }
        }
        let threads = Statement::<(SqlUuid,)>::uncached("SELECT t.id FROM thread t WHERE t.tenant_id = ");
        if let Some(query) = narrowing.leading(threads.uuid(self.tenant_id())) {
            let threads = self.load_ids(query)?.into_iter().collect();
            wanted.lead(AskedTerm::carrying(Vec::new()), narrow(threads));
        }
        Ok(())
    }

    /// The threads of all patients who may have written.
    fn threads_of_authors(&mut self, narrowing: &Narrowing) -> Result<Context> {
        let numbered = AskedTerm::of_patients(&[], &narrowing.by.patients);
        let called = narrowing.by.names.iter().map(|name| AskedTerm::of_patients(&name.tokens, &[]));
        let mut all = HashSet::new();
        for author in called.chain([numbered]) {
            match self.context_of(&author)? {
                Context::Narrow(threads) => all.extend(threads),
                Context::Wide => return Ok(Context::Wide),
            }
        }
        Ok(narrow(all))
    }
}

impl Wanted {
    fn lead(&mut self, term: AskedTerm, context: Context) {
        self.terms.extend(matches!(context, Context::Narrow(_)).then_some((term, context)));
    }
}

/// The threads, unless they are too many to be named.
pub(super) fn narrow(threads: HashSet<Uuid>) -> Context {
    let most = usize::try_from(NARROW).unwrap_or(0);
    if threads.len() > most { Context::Wide } else { Context::Narrow(threads) }
}
