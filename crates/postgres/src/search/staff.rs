//! What staff search for: a page of messages, and threads that are found without them.

use super::budget::Budget;
use super::candidates::{Batch, Wanted};
use super::contexts::Context;
use super::narrowing::Narrowing;
use super::terms::AskedTerm;
use crate::transaction::PgTransaction;
use std::collections::HashSet;
use threadwell_application::Result;
use threadwell_application::ports::{
    FoundMessage, IndexState, Readable, SearchIndex, SearchPage, SearchQuery, StaffThreadView,
};
use threadwell_domain::search::Side;
use threadwell_domain::{MessageId, Phi};
use uuid::Uuid;

/// How many threads are shown beside the messages.
const CONVERSATIONS: usize = 5;
/// How many threads are looked at for them.
const CONVERSATIONS_SEEN: i64 = 100;
/// How many texts one request opens at most.
const OPENED: usize = 1_500;
/// How many batches of candidates one request asks for at most.
const BATCHES: usize = 12;
/// How many candidates a step into the past is to find at least, and how many for each hit that the page still lacks.
const EXPECTED: u64 = 16;
const EXPECTED_EACH: u64 = 3;
/// How much further a step reaches than the one before it, which found too few.
const FURTHER: std::ops::RangeInclusive<u64> = 4..=16;
/// How many candidates are loaded at once: the first few often fill the page.
const FIRST_CHUNK: usize = 60;
const CHUNK: usize = 250;

/// A search that is under way.
pub(super) struct Hunt {
    pub(super) wanted: Wanted,
    pub(super) narrowing: Narrowing,
    pub(super) terms: Vec<AskedTerm>,
}

/// What a hunt brought.
pub(super) struct Prey {
    pub(super) found: Vec<(Uuid, FoundMessage)>,
    /// Below which message to go on; `None` at the end.
    pub(super) next: Option<Uuid>,
}

impl PgTransaction<'_> {
    pub(super) fn search_messages(&mut self, query: &SearchQuery) -> Result<SearchPage<StaffThreadView>> {
        self.plan_for_search()?;
        let (narrowing, understood) = self.narrowing(&query.query, Side::Staff)?;
        let IndexState { is_on, is_complete, .. } = SearchIndex::state(self)?;
        let hunt = self.hunt(query, narrowing, is_complete)?;
        if understood.filters.is_empty() && hunt.wanted.terms.is_empty() {
            return Ok(page(Vec::new(), Vec::new(), None, understood, is_on));
        }
        let after = query.after.map(MessageId::uuid);
        let prey = if is_on { self.hunt_down(&hunt, after, limit(query))? } else { Prey::none() };
        let threads: HashSet<Uuid> = prey.found.iter().map(|(thread, _)| *thread).collect();
        let views = self.threads_by_id(threads.into_iter().collect())?;
        let hits: Vec<_> = prey
            .found
            .into_iter()
            .filter_map(|(thread, found)| Some((views.get(&thread)?.clone(), found)))
            .collect();
        let conversations = if after.is_none() { self.conversations(&hunt)? } else { Vec::new() };
        for view in hits.iter().map(|(view, _)| view).chain(&conversations) {
            self.trail.thread(view.facts.id);
            self.trail.patient(view.facts.patient);
        }
        let is_empty = hits.is_empty() && conversations.is_empty() && after.is_none() && prey.next.is_none();
        let respelt = if is_empty { self.respelt(&query.query)? } else { None };
        Ok(SearchPage { respelt, ..page(hits, conversations, prey.next, understood, is_on) })
    }

    /// Makes a search ready: terms with the threads that have them anyway.
    fn hunt(&mut self, query: &SearchQuery, narrowing: Narrowing, is_timed: bool) -> Result<Hunt> {
        let mut terms = self.asked_terms(&query.query, narrowing.texts())?;
        let senders = narrowing.senders(self.keys()?.index());
        let oldest = narrowing.oldest_id();
        let sieve = narrowing.is_of_messages().then(|| (narrowing.clone(), self.visible_categories()));
        let mut wanted = Wanted { terms: Vec::new(), senders, oldest, is_timed, sieve };
        for term in terms.iter_mut().filter(|term| !term.is_excluded) {
            term.patients = self.named_patients(term)?;
            let context = self.context_of(term)?;
            wanted.terms.push((term.clone(), context));
        }
        Ok(Hunt { wanted, narrowing, terms })
    }

    /// Hits, newest first, below a message.
    pub(super) fn hunt_down(&mut self, hunt: &Hunt, after: Option<Uuid>, limit: usize) -> Result<Prey> {
        let newest = hunt.narrowing.newest_id();
        let mut below = after.map_or(newest, |after| Some(newest.map_or(after, |newest| newest.min(after))));
        let (mut found, mut budget) = (Vec::new(), Budget::of(OPENED));
        let mut reach = None;
        for batch_number in 0..BATCHES {
            let batch = match (batch_number, below) {
                _ if hunt.wanted.is_walked() => {
                    let most = hunt.wanted.batch(limit, batch_number + 1);
                    self.walked_candidates(&hunt.wanted, below, most)?
                }
                (0, _) | (_, None) => {
                    let (batch, lasted) = self.newest_candidates(&hunt.wanted, below)?;
                    reach = lasted.map(|lasted| first_reach(lasted, &batch, limit));
                    batch
                }
                (_, Some(below)) => {
                    let most = hunt.wanted.batch(limit, batch_number);
                    let batch = self.older_candidates(&hunt.wanted, below, reach, most)?;
                    reach = further(reach, &batch, limit);
                    batch
                }
            };
            if let Some(next) = self.take_batch(hunt, &batch, limit, (&mut found, &mut budget))? {
                return Ok(Prey { found, next: Some(next) });
            }
            let is_past = |next: &Uuid| hunt.narrowing.oldest_id().is_none_or(|oldest| *next > oldest);
            below = batch.next.filter(is_past);
            if below.is_none() || budget.is_late() {
                return Ok(Prey { found, next: below });
            }
        }
        Ok(Prey { found, next: below })
    }

    /// Looks at a batch; gives where to go on once the page is full or enough was opened.
    fn take_batch(
        &mut self,
        hunt: &Hunt,
        batch: &Batch,
        limit: usize,
        (found, budget): (&mut Vec<(Uuid, FoundMessage)>, &mut Budget),
    ) -> Result<Option<Uuid>> {
        let (first, rest) = batch.messages.split_at(batch.messages.len().min(FIRST_CHUNK));
        for chunk in std::iter::once(first).chain(rest.chunks(CHUNK)).filter(|chunk| !chunk.is_empty()) {
            let rows = self.load_rows(chunk, &hunt.narrowing)?;
            for row in rows {
                let id = row.id();
                if let Some(hit) = budget.look(|| self.look_at(row, &hunt.terms, &hunt.narrowing))? {
                    if found.len() == limit {
                        // One more than asked for: the page goes on behind its own last hit.
                        return Ok(found.last().map(|(_, last)| last.id.uuid()));
                    }
                    found.push(hit);
                }
                if budget.is_spent() {
                    return Ok(Some(id));
                }
            }
        }
        Ok(None)
    }

    /// Threads that meet every term by subject or patient.
    fn conversations(&mut self, hunt: &Hunt) -> Result<Vec<StaffThreadView>> {
        if hunt.wanted.terms.is_empty() || hunt.narrowing.is_of_messages() {
            return Ok(Vec::new());
        }
        let views = match in_every_narrow(&hunt.wanted) {
            Some(threads) if threads.is_empty() => return Ok(Vec::new()),
            Some(threads) if are_few(&threads) || hunt.wanted.wide().next().is_none() => {
                self.newest_threads(threads, CONVERSATIONS_SEEN)?
            }
            _ => self.threads_by_words(&spoken(&hunt.wanted), CONVERSATIONS_SEEN)?,
        };
        let is_meant = |view: &StaffThreadView| {
            hunt.narrowing.takes_thread(view)
                && hunt.terms.iter().all(|term| is_thread(term, view) != term.is_excluded)
        };
        Ok(views.into_iter().filter(is_meant).take(CONVERSATIONS).collect())
    }
}

/// How far back the first step into the past reaches, by how long the newest messages were sent in and what they brought.
fn first_reach(lasted: u64, newest: &Batch, limit: usize) -> u64 {
    lasted.max(1).saturating_mul(expected(newest, limit).div_ceil(brought(newest)))
}

/// A step that brought little is followed by a longer one.
fn further(reach: Option<u64>, batch: &Batch, limit: usize) -> Option<u64> {
    if batch.is_full {
        return reach;
    }
    let factor = expected(batch, limit).div_ceil(brought(batch)).clamp(*FURTHER.start(), *FURTHER.end());
    reach?.checked_mul(factor)
}

/// How many candidates are to be found by the step behind a batch.
fn expected(batch: &Batch, limit: usize) -> u64 {
    let lacking = u64::try_from(limit).unwrap_or(u64::MAX).saturating_sub(brought(batch));
    lacking.saturating_add(1).saturating_mul(EXPECTED_EACH).max(EXPECTED)
}

fn brought(batch: &Batch) -> u64 {
    u64::try_from(batch.messages.len()).unwrap_or(u64::MAX).max(1)
}

impl Prey {
    const fn none() -> Self {
        Self { found: Vec::new(), next: None }
    }
}

fn limit(query: &SearchQuery) -> usize {
    usize::try_from(query.limit).unwrap_or(0)
}

fn page(
    hits: Vec<(StaffThreadView, FoundMessage)>,
    conversations: Vec<StaffThreadView>,
    next: Option<Uuid>,
    understood: threadwell_application::ports::Understood,
    is_body_searched: bool,
) -> SearchPage<StaffThreadView> {
    let next = next.map(MessageId::new);
    SearchPage { hits, conversations, next, understood, is_body_searched, respelt: None }
}

/// The threads that are in every context that names its threads; `None` where none does.
fn in_every_narrow(wanted: &Wanted) -> Option<Vec<Uuid>> {
    let narrow = wanted.terms.iter().filter_map(|(_, context)| match context {
        Context::Narrow(threads) => Some(threads.clone()),
        Context::Wide => None,
    });
    let common = narrow.reduce(|common, threads| common.intersection(&threads).copied().collect())?;
    Some(common.into_iter().collect())
}

/// Whether all of the threads are looked at, so that the wider contexts need not choose among them.
fn are_few(threads: &[Uuid]) -> bool {
    i64::try_from(threads.len()).is_ok_and(|count| count <= CONVERSATIONS_SEEN)
}

/// The words of all terms, as one text.
fn spoken(wanted: &Wanted) -> String {
    let words = wanted.terms.iter().flat_map(|(term, _)| &term.words).map(|word| word.word.as_str());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a thread has a term by its subject or patient.
fn is_thread(term: &AskedTerm, view: &StaffThreadView) -> bool {
    let terms = [AskedTerm { is_excluded: false, ..term.clone() }];
    let begins =
        |text: &Readable| !super::matching::places_in(&terms, text.text().map_or("", Phi::expose)).is_empty();
    begins(&view.subject) || begins(&view.patient_name) || term.patients.contains(&view.facts.patient.uuid())
}
