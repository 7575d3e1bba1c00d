//! The words of a practice's messages, by which the beginning of a word is found in texts.
//!
//! Sealed in the database; in the process they are kept in order, and what was added since is read before each use,
//! each word once.

use crate::errors::unavailable;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bytea, SmallInt, Timestamptz};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};
use std::time::Instant;
use threadwell_application::Result;
use threadwell_application::access::Actor;
use threadwell_application::ports::SearchIndex;
use threadwell_crypto::normalise;
use threadwell_domain::{Moment, Phi, TenantId};
use uuid::Uuid;

/// A beginning of more words than these finds only itself.
const COMPLETIONS: usize = 400;
/// Rows that were added by a transaction that took long, or by a clock that is late, are read as long after.
const OVERLAP: Duration = Duration::minutes(2);
/// How many words a practice's vocabulary holds at most. Further ones are found as a whole alone.
pub(super) const WORDS_MAX: usize = 200_000;
/// The vocabularies of so many practices are kept; then the one that was not used for longest goes.
const PRACTICES_MAX: usize = 64;
/// How many rows are read at once.
const PAGE: i64 = 2_500;
/// How long one request reads on. What is left is read by the next.
const READING: std::time::Duration = std::time::Duration::from_millis(300);

/// How a word is named: by its scope and token.
type Name = (i16, i64);

/// The words of one practice.
#[derive(Default)]
struct Vocabulary {
    generation: i32,
    /// Everything that was added before is known.
    read_up_to: Option<Moment>,
    /// Where reading goes on that has not come to its end.
    place: Option<(Moment, Name)>,
    known: HashSet<Name>,
    words: BTreeSet<String>,
}

/// A vocabulary, and who is just reading on in it: the others meanwhile use what there is.
#[derive(Default)]
struct Shared {
    vocabulary: Mutex<Vocabulary>,
    reading: Mutex<()>,
    last_use: AtomicU64,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Vocabulary> {
        self.vocabulary.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The right to read on, unless somebody has it.
    fn try_reading(&self) -> Option<MutexGuard<'_, ()>> {
        match self.reading.try_lock() {
            Ok(right) => Some(right),
            Err(TryLockError::Poisoned(right)) => Some(right.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

/// The vocabularies of the practices that were searched last.
#[derive(Default)]
pub(crate) struct Vocabularies {
    all: RwLock<HashMap<TenantId, Arc<Shared>>>,
    uses: AtomicU64,
}

impl fmt::Debug for Vocabularies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabularies").finish_non_exhaustive()
    }
}

impl Vocabularies {
    fn of(&self, tenant: TenantId) -> Arc<Shared> {
        let known = self.all.read().unwrap_or_else(PoisonError::into_inner).get(&tenant).cloned();
        let shared = known.unwrap_or_else(|| self.make_room_for(tenant));
        shared.last_use.store(self.uses.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        shared
    }

    fn make_room_for(&self, tenant: TenantId) -> Arc<Shared> {
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= PRACTICES_MAX && !all.contains_key(&tenant) {
            let oldest = all.iter().min_by_key(|(_, one)| one.last_use.load(Ordering::Relaxed));
            if let Some(oldest) = oldest.map(|(tenant, _)| *tenant) {
                all.remove(&oldest);
            }
        }
        all.entry(tenant).or_default().clone()
    }

    fn forget(&self, tenant: TenantId) {
        self.all.write().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
    }
}

/// How the row of a word is named where it is sealed.
pub(super) fn word_row(scope: i16, token: i64) -> Uuid {
    Uuid::from_u64_pair(u64::from(scope.unsigned_abs()), token.cast_unsigned())
}

impl PgTransaction<'_> {
    /// The words that begin so; `None` if they are too many. Whoever opens texts anyway needs none.
    pub(super) fn completions(&mut self, beginning: &str) -> Result<Option<BTreeSet<String>>> {
        if !matches!(self.actor, Actor::Staff(_)) {
            return Ok(Some(BTreeSet::new()));
        }
        let found = self.with_words(beginning, COMPLETIONS + 1)?;
        Ok((found.len() <= COMPLETIONS).then_some(found))
    }

    /// A few words that begin so.
    pub(super) fn words_beginning(&mut self, beginning: &str, limit: usize) -> Result<Vec<Phi>> {
        let words = normalise::search_words(beginning);
        let [word] = words.as_slice() else { return Ok(Vec::new()) };
        Ok(self.with_words(word, limit)?.into_iter().map(Phi::new).collect())
    }

    /// The words that begin so, in order, up to a number.
    pub(super) fn with_words(&mut self, beginning: &str, limit: usize) -> Result<BTreeSet<String>> {
        let state = SearchIndex::state(self)?;
        if !state.is_on {
            // Nothing of them stays in memory once the practice does without.
            self.vocabularies.forget(self.tenant);
            return Ok(BTreeSet::new());
        }
        let shared = self.vocabularies.of(self.tenant);
        if let Some(_reading) = shared.try_reading() {
            self.read_on(&shared, state.generation)?;
        }
        let vocabulary = shared.lock();
        let from = vocabulary.words.range(beginning.to_owned()..);
        Ok(from.take_while(|word| word.starts_with(beginning)).take(limit).cloned().collect())
    }

    /// Reads what was added since. Nothing is locked meanwhile but the right to read.
    fn read_on(&mut self, shared: &Shared, generation: i32) -> Result<()> {
        let begun = Instant::now();
        let (since, mut place) = {
            let mut vocabulary = shared.lock();
            if vocabulary.generation != generation {
                *vocabulary = Vocabulary { generation, ..Vocabulary::default() };
            }
            (vocabulary.read_up_to.map(|read| read - OVERLAP), vocabulary.place)
        };
        while begun.elapsed() < READING && shared.lock().words.len() < WORDS_MAX {
            let page = self.words_added(since, place)?;
            let is_last = i64::try_from(page.len()).unwrap_or(i64::MAX) < PAGE;
            place = page.last().copied();
            let new: Vec<Name> = {
                let vocabulary = shared.lock();
                page.into_iter()
                    .map(|(_, name)| name)
                    .filter(|name| !vocabulary.known.contains(name))
                    .collect()
            };
            let words = self.open_words(&new)?;
            let mut vocabulary = shared.lock();
            vocabulary.known.extend(new);
            vocabulary.words.extend(words);
            vocabulary.place = place.filter(|_| !is_last);
            if is_last {
                vocabulary.read_up_to = vocabulary.read_up_to.max(Some(self.now));
                break;
            }
        }
        Ok(())
    }

    /// The names of words in the order in which they were added.
    fn words_added(
        &mut self,
        since: Option<Moment>,
        place: Option<(Moment, Name)>,
    ) -> Result<Vec<(Moment, Name)>> {
        let mut query = Statement::<(Timestamptz, (SmallInt, BigInt))>::uncached(
            "SELECT w.added_at, w.scope, w.token FROM search_word w WHERE w.tenant_id = ",
        )
        .uuid(self.tenant_id())
        .sql(" AND w.word_enc <> ''");
        if let Some(since) = since {
            query = query.sql(" AND w.added_at > ").moment(since);
        }
        if let Some((at, (scope, token))) = place {
            query =
                query.sql(" AND w.added_at >= ").moment(at).sql(" AND (w.added_at, w.scope, w.token) > (");
            query = query.moment(at).sql(", ").code(scope).sql(", ").big_int(token).sql(")");
        }
        let query = query.sql(" ORDER BY w.added_at, w.scope, w.token LIMIT ").number(PAGE);
        query.load(self.conn).map_err(unavailable)
    }

    fn open_words(&mut self, names: &[Name]) -> Result<Vec<String>> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        // Thousands of names at times, one at others: planned for as many as there are.
        let query = Statement::<(SmallInt, BigInt, Bytea)>::uncached(
            "SELECT w.scope, w.token, w.word_enc FROM search_word w WHERE w.tenant_id = ",
        );
        let query = query.uuid(self.tenant_id()).sql(" AND w.scope = ANY ('{0,1}') AND w.token = ANY (");
        let tokens = names.iter().map(|(_, token)| *token).collect();
        let rows: Vec<(i16, i64, Vec<u8>)> =
            query.big_ints(tokens).sql(")").load(self.conn).map_err(unavailable)?;
        let keys = self.keys()?;
        let open = |(scope, token, sealed): (i16, i64, Vec<u8>)| {
            let word = keys.open("search_word", "word_enc", word_row(scope, token), &sealed);
            word.text().map(|word| word.expose().to_owned())
        };
        Ok(rows.into_iter().filter(|(_, _, sealed)| !sealed.is_empty()).filter_map(open).collect())
    }
}
