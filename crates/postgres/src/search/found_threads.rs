//! Threads that are found by the texts of their messages, for lists of threads.

use super::Words;
use super::candidates::Wanted;
use super::contexts::Context;
use super::narrowing::Narrowing;
use super::staff::Hunt;
use super::terms::Texts;
use crate::transaction::PgTransaction;
use std::collections::HashSet;
use threadwell_application::Result;
use threadwell_application::ports::{IndexState, SearchIndex};
use threadwell_domain::search::{Query, Side};
use uuid::Uuid;

/// How many hits of the newest are looked at: threads whose hits all lie further back are found by the search of
/// messages.
const HITS: usize = 500;

impl PgTransaction<'_> {
    /// The threads that a text of which holds every word of a query, notes included.
    pub(crate) fn threads_by_texts(&mut self, text: &str) -> Result<Vec<Uuid>> {
        let IndexState { is_on, is_complete, .. } = SearchIndex::state(self)?;
        if Words::of(text).is_empty() || !is_on {
            return Ok(Vec::new());
        }
        self.plan_for_search()?;
        let query = Query::parse(text, Side::Staff);
        let terms = self.asked_terms(&query, Texts { messages: true, notes: true })?;
        let asked = terms.iter().filter(|term| !term.is_excluded);
        let wanted = Wanted {
            terms: asked.map(|term| (term.clone(), Context::Narrow(HashSet::new()))).collect(),
            senders: None,
            oldest: None,
            is_timed: is_complete,
            sieve: None,
            is_text_asked: true,
        };
        if wanted.terms.is_empty() {
            return Ok(Vec::new());
        }
        let hunt = Hunt { wanted, narrowing: Narrowing::default(), terms };
        let prey = self.hunt_down(&hunt, None, HITS)?;
        let threads: HashSet<Uuid> = prey.found.into_iter().map(|(thread, _)| thread).collect();
        Ok(threads.into_iter().collect())
    }
}
