//! Threads that are found by subject or patient, shown beside the messages.

use super::candidates::Wanted;
use super::contexts::Context;
use super::staff::Hunt;
use super::terms::AskedTerm;
use crate::inbox::{FoundThreads, TermTokens};
use crate::transaction::PgTransaction;
use std::collections::HashSet;
use threadwell_application::Result;
use threadwell_application::ports::{
    ConversationPage, ConversationQuery, IndexState, Keyset, Readable, SearchIndex, StaffThreadView,
};
use threadwell_domain::Phi;
use threadwell_domain::search::Side;
use uuid::Uuid;

/// How many threads are looked at at once.
const SEEN: i64 = 26;
/// How often one request asks for further ones: what is left is found by the next.
const PAGES: usize = 8;

impl PgTransaction<'_> {
    /// Goes on with the threads that a search shows beside the messages.
    pub(super) fn further_conversations(&mut self, query: &ConversationQuery) -> Result<ConversationPage> {
        self.plan_for_search()?;
        let (narrowing, _) = self.narrowing(&query.query, Side::Staff)?;
        let IndexState { is_complete, .. } = SearchIndex::state(self)?;
        let hunt = self.hunt(&query.query, narrowing, is_complete)?;
        let limit = usize::try_from(query.limit).unwrap_or(0);
        let page = self.conversations(&hunt, query.after, limit)?;
        for view in &page.conversations {
            self.trail.thread(view.facts.id);
            self.trail.patient(view.facts.patient);
        }
        Ok(page)
    }

    /// Threads that meet every term by subject or patient, those with the newest messages first.
    pub(super) fn conversations(
        &mut self,
        hunt: &Hunt,
        mut after: Option<Keyset>,
        limit: usize,
    ) -> Result<ConversationPage> {
        let mut page = ConversationPage::default();
        if !hunt.has_terms() || hunt.narrowing.is_of_messages() || hunt.narrowing.is_of_nobody() {
            return Ok(page);
        }
        let wanted = hunt.threads(self.visible_categories());
        for _ in 0..PAGES {
            let views = self.threads_found(&wanted, after, SEEN)?;
            let is_last = i64::try_from(views.len()).unwrap_or(i64::MAX) < SEEN;
            after = views.last().map(place).or(after);
            for view in views.into_iter().filter(|view| hunt.means(view)) {
                if page.conversations.len() == limit {
                    page.next = page.conversations.last().map(place);
                    return Ok(page);
                }
                page.conversations.push(view);
            }
            if is_last {
                return Ok(page);
            }
        }
        page.next = after;
        Ok(page)
    }
}

impl Hunt {
    /// Looks at a thread in clear.
    fn means(&self, view: &StaffThreadView) -> bool {
        self.terms.iter().all(|term| is_thread(term, view) != term.is_excluded)
    }

    /// What the threads must have that meet every term.
    fn threads(&self, visible: threadwell_domain::thread::CategorySet) -> FoundThreads {
        let tokens = |term: &AskedTerm| TermTokens {
            subject: term.subject_tokens.clone(),
            name: term.name_tokens.clone(),
            patients: term.patients.clone(),
        };
        FoundThreads {
            among: in_every_narrow(&self.wanted),
            terms: self.wanted.wide().map(tokens).collect(),
            ..self.narrowing.of_threads(visible)
        }
    }
}

fn place(view: &StaffThreadView) -> Keyset {
    Keyset { at: view.facts.last_message.at, id: view.facts.id }
}

/// The threads that are in every context that names its threads; `None` where none does.
fn in_every_narrow(wanted: &Wanted) -> Option<Vec<Uuid>> {
    let narrow = wanted.terms.iter().filter_map(|(_, context)| match context {
        Context::Narrow(threads) => Some(threads),
        Context::Wide => None,
    });
    let common = narrow.cloned().reduce(|common: HashSet<Uuid>, threads| &common & &threads)?;
    Some(common.into_iter().collect())
}

/// Whether a thread has a term by its subject or patient.
fn is_thread(term: &AskedTerm, view: &StaffThreadView) -> bool {
    let terms = [AskedTerm { is_excluded: false, ..term.clone() }];
    let begins =
        |text: &Readable| !super::matching::places_in(&terms, text.text().map_or("", Phi::expose)).is_empty();
    begins(&view.subject) || begins(&view.patient_name) || term.patients.contains(&view.facts.patient.uuid())
}
