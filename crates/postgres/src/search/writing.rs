//! What is stored of messages: made ready without a lock, and written.

use super::stretches;
use super::tokens::{Indexed, index_text, sender_token, word_scope};
use super::vocabulary::{WORDS_MAX, word_row};
use crate::errors::unavailable;
use crate::keys::TenantKeys;
use crate::schema::{message, message_search, search_word};
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::upsert::excluded;
use std::collections::{BTreeMap, BTreeSet};
use threadwell_application::Result;
use threadwell_application::ports::Readable;
use threadwell_domain::Phi;
use uuid::Uuid;

/// So many words are written by one statement, which can bind no more than 65,535 values.
const WORDS_WRITTEN_AT_ONCE: usize = 2_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = message, check_for_backend(diesel::pg::Pg))]
pub(super) struct MessageRow {
    id: Uuid,
    thread_id: Uuid,
    patient_id: Uuid,
    staff_id: Option<Uuid>,
    body_enc: Vec<u8>,
    is_internal: bool,
}

/// Words by their scopes and tokens.
type Found = BTreeMap<(i16, i64), String>;

/// A word of the vocabulary, sealed.
struct SealedWord {
    scope: i16,
    token: i64,
    word_enc: Vec<u8>,
}

/// The tokens of a message.
struct MessageTokens {
    message: Uuid,
    thread: Uuid,
    tokens: Vec<i64>,
}

/// What is to be written of messages.
pub(super) struct Ready {
    messages: Vec<MessageTokens>,
    words: Vec<SealedWord>,
}

impl Ready {
    /// Leaves messages out that another worker has taken.
    pub(super) fn keep(&mut self, is_kept: impl Fn(Uuid) -> bool) {
        self.messages.retain(|tokens| is_kept(tokens.message));
        if self.messages.is_empty() {
            self.words.clear();
        }
    }
}

impl PgTransaction<'_> {
    /// Finds the tokens of messages, none where the practice does without, and the words that the vocabulary lacks.
    pub(super) fn make_ready(&mut self, rows: &[MessageRow], is_on: bool) -> Result<Ready> {
        let keys = self.keys()?;
        let mut found = Found::new();
        let tokens = |row: &MessageRow| {
            let tokens = if is_on { row.tokens(&keys, &mut found) } else { BTreeSet::new() };
            MessageTokens { message: row.id, thread: row.thread_id, tokens: tokens.into_iter().collect() }
        };
        let messages = rows.iter().map(tokens).collect();
        let words = self.new_words(found)?.into_iter().map(|((scope, token), word)| {
            let word_enc = keys.seal("search_word", "word_enc", word_row(scope, token), &word)?;
            Ok(SealedWord { scope, token, word_enc })
        });
        Ok(Ready { messages, words: words.collect::<Result<_>>()? })
    }

    /// Those of the words that the vocabulary does not have.
    fn new_words(&mut self, mut words: Found) -> Result<Found> {
        let mut asked: BTreeMap<i16, Vec<i64>> = BTreeMap::new();
        words.keys().for_each(|(scope, token)| asked.entry(*scope).or_default().push(*token));
        for (scope, tokens) in asked {
            // One scope at a time: each token is then looked up in the index, and not each word in a list of tokens.
            let known: Vec<i64> = search_word::table
                .filter(search_word::tenant_id.eq(self.tenant_id()))
                .filter(search_word::scope.eq(scope))
                .filter(search_word::token.eq_any(tokens))
                .filter(search_word::word_enc.ne(Vec::<u8>::new()))
                .select(search_word::token)
                .load(self.conn)
                .map_err(unavailable)?;
            known.into_iter().for_each(|token| drop(words.remove(&(scope, token))));
        }
        let room = if words.is_empty() { 0 } else { self.room_for_words()? };
        Ok(words.into_iter().take(room).collect())
    }

    /// How many words the vocabulary takes yet.
    fn room_for_words(&mut self) -> Result<usize> {
        let (count,): (i64,) = Statement::<(BigInt,)>::new(
            "SELECT count(*) FROM (SELECT FROM search_word w WHERE w.tenant_id = ",
        )
        .uuid(self.tenant_id())
        .sql(" AND w.word_enc <> '' LIMIT ")
        .number(i64::try_from(WORDS_MAX).unwrap_or(i64::MAX))
        .sql(") w")
        .get_result(self.conn)
        .map_err(unavailable)?;
        Ok(WORDS_MAX.saturating_sub(usize::try_from(count).unwrap_or(WORDS_MAX)))
    }

    /// Writes what was made ready, over whatever stood there.
    pub(super) fn write(&mut self, ready: &Ready) -> Result<()> {
        let tenant = self.tenant_id();
        let values = ready.messages.iter().map(|row| {
            (
                message_search::tenant_id.eq(tenant),
                message_search::message_id.eq(row.message),
                message_search::thread_id.eq(row.thread),
                message_search::tokens.eq(&row.tokens),
            )
        });
        let values: Vec<_> = values.collect();
        if !values.is_empty() {
            diesel::insert_into(message_search::table)
                .values(values)
                .on_conflict((message_search::tenant_id, message_search::message_id))
                .do_update()
                .set(message_search::tokens.eq(excluded(message_search::tokens)))
                .execute(self.conn)
                .map_err(unavailable)?;
        }
        ready.words.chunks(WORDS_WRITTEN_AT_ONCE).try_for_each(|words| self.write_words(words))
    }

    /// Adds words in one order for all, so that workers do not wait in a circle.
    fn write_words(&mut self, words: &[SealedWord]) -> Result<()> {
        let tenant = self.tenant_id();
        let values = words.iter().map(|word| {
            (
                search_word::tenant_id.eq(tenant),
                search_word::scope.eq(word.scope),
                search_word::token.eq(word.token),
                search_word::word_enc.eq(&word.word_enc),
                search_word::added_at.eq(self.now),
            )
        });
        diesel::insert_into(search_word::table)
            .values(values.collect::<Vec<_>>())
            .on_conflict((search_word::tenant_id, search_word::scope, search_word::token))
            .do_update()
            .set((
                search_word::word_enc.eq(excluded(search_word::word_enc)),
                search_word::added_at.eq(excluded(search_word::added_at)),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }
}

impl MessageRow {
    /// Which message.
    pub(super) const fn id(&self) -> Uuid {
        self.id
    }

    /// The thread that it is in.
    pub(super) const fn thread(&self) -> Uuid {
        self.thread_id
    }

    /// The tokens of the text, of its author and of when it was sent; words for the vocabulary go to `words`.
    fn tokens(&self, keys: &TenantKeys, words: &mut Found) -> BTreeSet<i64> {
        let index = keys.index();
        let column = TenantKeys::body_column(self.thread_id, self.patient_id, self.is_internal);
        // A text that does not open was reported where it was tried; it is found by nothing.
        let text = match keys.open("message", &column, self.id, &self.body_enc) {
            Readable::Intact(text) => text,
            Readable::Unreadable => Phi::new(""),
        };
        let Indexed { mut tokens, words: found } = index_text(index, text.expose(), self.is_internal);
        let scope = i16::from(self.is_internal);
        for word in found {
            words.insert((scope, index.token(word_scope(self.is_internal), &word)), word);
        }
        tokens.extend(self.staff_id.map(|staff| sender_token(index, staff)));
        tokens.extend(stretches::tokens_of(index, self.id));
        tokens
    }
}
