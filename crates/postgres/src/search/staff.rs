//! What staff search for: a page of messages, and threads that are found without them.

use super::budget::Budget;
use super::candidates::{Batch, Wanted};
use super::narrowing::Narrowing;
use super::sifting::LOOKED;
use super::terms::AskedTerm;
use crate::transaction::PgTransaction;
use std::collections::HashSet;
use threadwell_application::Result;
use threadwell_application::ports::{
    ConversationPage, FoundMessage, IndexState, SearchIndex, SearchPage, SearchQuery, StaffThreadView,
};
use threadwell_domain::MessageId;
use threadwell_domain::search::{Query, Side};
use uuid::Uuid;

/// How many threads are shown beside the messages.
const CONVERSATIONS: usize = 5;
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

impl Hunt {
    /// Whether any word or phrase is asked for.
    pub(super) fn has_terms(&self) -> bool {
        self.terms.iter().any(|term| !term.is_excluded)
    }
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
        if narrowing.is_of_nobody() {
            return Ok(page(Vec::new(), ConversationPage::default(), None, understood, is_on));
        }
        let hunt = self.hunt(&query.query, narrowing, is_complete)?;
        if understood.filters.is_empty() && !hunt.has_terms() {
            return Ok(page(Vec::new(), ConversationPage::default(), None, understood, is_on));
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
        let beside = match after {
            None => self.conversations(&hunt, None, CONVERSATIONS)?,
            Some(_) => ConversationPage::default(),
        };
        for view in hits.iter().map(|(view, _)| view).chain(&beside.conversations) {
            self.trail.thread(view.facts.id);
            self.trail.patient(view.facts.patient);
        }
        let is_empty = hits.is_empty() && beside == ConversationPage::default();
        let is_empty = is_empty && after.is_none() && prey.next.is_none();
        let respelt = if is_empty { self.respelt(&query.query)? } else { None };
        Ok(SearchPage { respelt, ..page(hits, beside, prey.next, understood, is_on) })
    }

    /// Makes a search ready: terms with the threads that have them anyway.
    pub(super) fn hunt(&mut self, query: &Query, narrowing: Narrowing, is_timed: bool) -> Result<Hunt> {
        let mut terms = self.asked_terms(query, narrowing.texts())?;
        let oldest = narrowing.oldest_id();
        let sieve = narrowing.is_asked().then(|| (narrowing.clone(), self.visible_categories()));
        let is_text_asked = !narrowing.is_of_messages() && terms.iter().any(|term| !term.is_excluded);
        let mut wanted = Wanted { terms: Vec::new(), senders: None, oldest, is_timed, sieve, is_text_asked };
        for term in &mut terms {
            term.patients = self.named_patients(term)?;
            if !term.is_excluded {
                let context = self.context_of(term)?;
                wanted.terms.push((term.clone(), context));
            }
        }
        self.lead(&mut wanted, &narrowing)?;
        Ok(Hunt { wanted, narrowing, terms })
    }

    /// Hits, newest first, below a message.
    pub(super) fn hunt_down(&mut self, hunt: &Hunt, after: Option<Uuid>, limit: usize) -> Result<Prey> {
        let newest = hunt.narrowing.newest_id();
        let mut below = after.map_or(newest, |after| Some(newest.map_or(after, |newest| newest.min(after))));
        let budget = Budget::of(OPENED);
        let budget = if hunt.wanted.is_sifted() { budget.hurried() } else { budget };
        let (mut found, mut budget, mut reach) = (Vec::new(), budget, None);
        for batch_number in 0..BATCHES {
            let batch = match (batch_number, below) {
                _ if hunt.wanted.is_walked() => {
                    let most = hunt.wanted.batch(limit, batch_number + 1);
                    self.walked_candidates(&hunt.wanted, below, most)?
                }
                (0, _) | (_, None) => {
                    let most = hunt.wanted.batch(limit, batch_number + 1);
                    let (batch, lasted) = self.newest_candidates(&hunt.wanted, below, most)?;
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
}

/// How far back the first step into the past reaches, by how long the newest messages were sent in and what they brought.
fn first_reach(lasted: u64, newest: &Batch, limit: usize) -> u64 {
    let factor = expected(newest, limit).div_ceil(brought(newest)).min(room(newest));
    lasted.max(1).saturating_mul(factor)
}

/// A step that brought little is followed by a longer one, and by a shorter one where it did not come to its end.
fn further(reach: Option<u64>, batch: &Batch, limit: usize) -> Option<u64> {
    if batch.is_full {
        return reach.map(|reach| if batch.looked < LOOKED { reach } else { reach.div_ceil(2) });
    }
    let factor = expected(batch, limit).div_ceil(brought(batch)).clamp(*FURTHER.start(), *FURTHER.end());
    reach?.checked_mul(factor.min(room(batch)))
}

/// How often what was looked at for a batch fits into what a step looks at.
fn room(batch: &Batch) -> u64 {
    LOOKED.checked_div(batch.looked).map_or(u64::MAX, |times| times.max(1))
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
    beside: ConversationPage,
    next: Option<Uuid>,
    understood: threadwell_application::ports::Understood,
    is_body_searched: bool,
) -> SearchPage<StaffThreadView> {
    let next = next.map(MessageId::new);
    SearchPage { hits, beside, next, understood, is_body_searched, respelt: None }
}
