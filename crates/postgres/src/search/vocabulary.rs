//! The words of a practice's messages, by which the beginning of a word is found in texts.
//!
//! Sealed in the database; in the process they are kept in order, and what was added since is read before each use.

use crate::errors::unavailable;
use crate::schema::{search_index, search_word};
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use threadwell_application::Result;
use threadwell_application::access::Actor;
use threadwell_crypto::normalise;
use threadwell_domain::{Moment, Phi, TenantId};
use uuid::Uuid;

/// A beginning of more words than these finds only itself.
const COMPLETIONS: usize = 400;
/// Rows that were added by a transaction that took long are read as long after.
const OVERLAP: Duration = Duration::minutes(2);

/// The words of one practice.
#[derive(Default)]
struct Vocabulary {
    generation: i32,
    read_up_to: Option<Moment>,
    words: BTreeSet<String>,
}

/// The vocabularies of the practices that were searched since the process started.
#[derive(Default)]
pub(crate) struct Vocabularies(RwLock<HashMap<TenantId, Arc<Mutex<Vocabulary>>>>);

impl fmt::Debug for Vocabularies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabularies").finish_non_exhaustive()
    }
}

impl Vocabularies {
    fn of(&self, tenant: TenantId) -> Arc<Mutex<Vocabulary>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&tenant).cloned();
        known.unwrap_or_else(|| {
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            all.entry(tenant).or_default().clone()
        })
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

    fn with_words(&mut self, beginning: &str, limit: usize) -> Result<BTreeSet<String>> {
        let shared = self.vocabularies.of(self.tenant);
        let mut vocabulary = shared.lock().unwrap_or_else(PoisonError::into_inner);
        self.refresh(&mut vocabulary)?;
        let from = vocabulary.words.range(beginning.to_owned()..);
        Ok(from.take_while(|word| word.starts_with(beginning)).take(limit).cloned().collect())
    }

    fn refresh(&mut self, vocabulary: &mut Vocabulary) -> Result<()> {
        let generation: i32 = search_index::table
            .filter(search_index::tenant_id.eq(self.tenant_id()))
            .select(search_index::generation)
            .first(self.conn)
            .map_err(unavailable)?;
        if vocabulary.generation != generation {
            *vocabulary = Vocabulary { generation, ..Vocabulary::default() };
        }
        let mut query = search_word::table
            .filter(search_word::tenant_id.eq(self.tenant_id()))
            .select((search_word::scope, search_word::token, search_word::word_enc, search_word::added_at))
            .into_boxed();
        if let Some(read_up_to) = vocabulary.read_up_to {
            query = query.filter(search_word::added_at.gt(read_up_to - OVERLAP));
        }
        let rows: Vec<(i16, i64, Vec<u8>, Moment)> = query.load(self.conn).map_err(unavailable)?;
        let keys = self.keys()?;
        for (scope, token, sealed, added_at) in
            rows.into_iter().filter(|(_, _, sealed, _)| !sealed.is_empty())
        {
            let word = keys.open("search_word", "word_enc", word_row(scope, token), &sealed);
            vocabulary.words.extend(word.text().map(|word| word.expose().to_owned()));
            vocabulary.read_up_to = vocabulary.read_up_to.max(Some(added_at));
        }
        Ok(())
    }
}
