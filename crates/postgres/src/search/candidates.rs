//! Which messages may be hits, by their tokens: newest first, a batch at a time.
//!
//! The first batch looks through the newest messages, which common words fill a page from. What lies below is found by
//! the index on tokens, one [stretch](super::stretches) of time after the other, each longer than the one before. Each term may be met by the text, or by the thread's subject or
//! patient; threads of the latter kind are grouped by which terms they meet, and each group asks the index for the
//! remaining ones, so that a name and a word together read the few messages of that name's threads.

use super::conditions::{
    Group, Ids, Stretch, any_in_text, below_id, from_id, from_senders, groups, in_text, within,
};
use super::contexts::Context;
use super::narrowing::Narrowing;
use super::stretches::{first_id, sent_ms, tokens_between};
use super::terms::AskedTerm;
use crate::errors::unavailable;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_domain::thread::CategorySet;
use uuid::Uuid;

/// How many of the newest messages the first step looks through.
const NEWEST: i64 = 2_000;
/// How many candidates a batch has at most.
const BATCH: usize = 1_000;

/// What candidates must have.
pub(super) struct Wanted {
    /// What is looked for, with the threads that have it anyway.
    pub(super) terms: Vec<(AskedTerm, Context)>,
    /// One of these must have written it.
    pub(super) senders: Option<Vec<i64>>,
    /// Messages below this one are of earlier days than asked for.
    pub(super) oldest: Option<Uuid>,
    /// Whether every message carries the tokens of when it was sent.
    pub(super) is_timed: bool,
    /// Where filters choose: what messages and threads must pass.
    pub(super) sieve: Option<Sieve>,
    /// Whether a text must hold one of the terms. Where a filter chooses messages it need hold nothing that its thread or
    /// patient has.
    pub(super) is_text_asked: bool,
}

/// The filters, and the categories that the reader's role sees.
pub(super) type Sieve = (Narrowing, CategorySet);

/// Candidates, newest first, and below which message the next batch begins; `None` at the end.
pub(super) struct Batch {
    pub(super) messages: Vec<Uuid>,
    pub(super) next: Option<Uuid>,
    /// Whether it had to leave some for the next one.
    pub(super) is_full: bool,
    /// How many messages something was looked up of, to find these.
    pub(super) looked: u64,
}

impl Wanted {
    /// How many candidates a step takes for a page of `limit`. Where something of each is looked up it begins with twice a
    /// page and doubles, for filters may leave few of them.
    pub(super) fn batch(&self, limit: usize, step: usize) -> usize {
        if !self.is_sifted() {
            return BATCH;
        }
        let pages = 2_usize.saturating_pow(u32::try_from(step).unwrap_or(u32::MAX));
        limit.saturating_mul(pages).clamp(2, BATCH)
    }

    /// Whether something of each message is looked up.
    pub(super) fn is_sifted(&self) -> bool {
        self.sieve.is_some() || self.wide().next().is_some()
    }

    /// Whether no token and no thread leads to what is to pass the filters: the messages are walked along.
    pub(super) fn is_walked(&self) -> bool {
        let is_narrow = |(_, context): &(AskedTerm, Context)| matches!(context, Context::Narrow(_));
        let is_led = self.is_text_asked || self.senders.is_some() || self.terms.iter().any(is_narrow);
        self.sieve.is_some() && !is_led
    }

    /// The terms whose threads are too many to be named.
    pub(super) fn wide(&self) -> impl Iterator<Item = &AskedTerm> {
        self.terms.iter().filter(|(_, context)| matches!(context, Context::Wide)).map(|(term, _)| term)
    }
}

impl PgTransaction<'_> {
    /// Keeps plans off the whole of a table. What depends on how rare a word is, is not kept prepared and so planned
    /// for the values at hand; all else is planned once.
    pub(super) fn plan_for_search(&mut self) -> Result<()> {
        use diesel::connection::SimpleConnection;
        let settings = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off";
        self.conn.batch_execute(settings).map_err(unavailable)
    }

    /// The candidates among the newest messages below `below`, and how long those were sent in.
    pub(super) fn newest_candidates(
        &mut self,
        wanted: &Wanted,
        below: Option<Uuid>,
        most: usize,
    ) -> Result<(Batch, Option<u64>)> {
        let (newest, floor) = (self.message_at(0, below)?, self.message_at(NEWEST - 1, below)?);
        let lasted = newest.zip(floor).map(|(newest, floor)| sent_ms(newest).saturating_sub(sent_ms(floor)));
        let select = "SELECT s.message_id FROM (SELECT * ";
        let looked = "WITH looked AS MATERIALIZED (SELECT * FROM (SELECT * ";
        // By the floor and not by number: a message that comes in between moves none out of sight. `OFFSET 0` keeps
        // the index on tokens out, which is slow for common words.
        let query = self.messages(Ids::uncached(if wanted.is_sifted() { looked } else { select }));
        let query = from_id(below_id(query, below), floor.max(wanted.oldest)).sql(" OFFSET 0) s WHERE true");
        let query = self.meets_narrow(from_senders(query, wanted), wanted);
        if wanted.is_sifted() {
            let batch = self.sift(wanted, query, most)?;
            return Ok((Batch { next: batch.next.or(floor), ..batch }, lasted));
        }
        let messages = self.load_candidates(query.sql(" ORDER BY s.message_id DESC"))?;
        Ok((Batch { messages, next: floor, is_full: false, looked: 0 }, lasted))
    }

    /// The candidates below `below` that were sent in the `reach` before, or at any time.
    pub(super) fn older_candidates(
        &mut self,
        wanted: &Wanted,
        below: Uuid,
        reach: Option<u64>,
        most: usize,
    ) -> Result<Batch> {
        let stretch = self.stretch(wanted, below, reach)?;
        let query = self.of_groups(wanted, &stretch);
        let end = stretch.from.filter(|_| !stretch.is_last);
        if wanted.is_sifted() {
            let batch = self.sift(wanted, query, most)?;
            return Ok(Batch { next: batch.next.or(end), ..batch });
        }
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let query = query.sql(" ORDER BY s.message_id DESC LIMIT ").number(limit);
        let messages = self.load_candidates(query)?;
        let is_full = messages.len() == most;
        let last = messages.last().copied().filter(|_| is_full);
        Ok(Batch { messages, next: last.or(end), is_full, looked: 0 })
    }

    /// What has the tokens; wide terms and filters aside, which are for a [sieve](Self::sift).
    fn of_groups(&self, wanted: &Wanted, stretch: &Stretch) -> Ids {
        let mut query = Ids::uncached("WITH hits AS MATERIALIZED (");
        for (n, group) in groups(wanted).into_iter().enumerate() {
            query = if n == 0 { query } else { query.sql(" UNION ") };
            query = self.of_group(query, wanted, &group, stretch);
        }
        let query = if wanted.is_sifted() {
            query.sql("), looked AS MATERIALIZED (SELECT * FROM hits s WHERE s.tenant_id = ")
        } else {
            query.sql(") SELECT s.message_id FROM hits s WHERE s.tenant_id = ")
        };
        within(query.uuid(self.tenant_id()), stretch)
    }

    /// Where the next step looks.
    fn stretch(&mut self, wanted: &Wanted, below: Uuid, reach: Option<u64>) -> Result<Stretch> {
        let everything = Stretch { from: wanted.oldest, below, tokens: None, is_last: true };
        let Some(reach) = reach.filter(|_| wanted.is_timed) else { return Ok(everything) };
        let earliest = self.first_message()?.max(wanted.oldest).unwrap_or(below);
        let from = first_id(sent_ms(below).saturating_sub(reach)).max(earliest);
        let keys = self.keys()?;
        Ok(match tokens_between(keys.index(), from, below) {
            Some(tokens) => {
                Stretch { from: Some(from), below, tokens: Some(tokens), is_last: from == earliest }
            }
            None => everything,
        })
    }

    /// The practice's first message.
    fn first_message(&mut self) -> Result<Option<Uuid>> {
        let query = self.messages(Ids::new("SELECT s.message_id ")).sql(" ORDER BY s.message_id LIMIT 1");
        Ok(self.load_candidates(query)?.pop())
    }

    /// The message below `below` that so many newer ones stand before.
    fn message_at(&mut self, place: i64, below: Option<Uuid>) -> Result<Option<Uuid>> {
        let query = below_id(self.messages(Ids::new("SELECT s.message_id ")), below)
            .sql(" ORDER BY s.message_id DESC OFFSET ")
            .number(place)
            .sql(" LIMIT 1");
        Ok(self.load_candidates(query)?.pop())
    }

    fn load_candidates(&mut self, query: Ids) -> Result<Vec<Uuid>> {
        let rows: Vec<(Uuid,)> = query.load(self.conn).map_err(unavailable)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    pub(super) fn messages(&self, select: Ids) -> Ids {
        select.sql("FROM message_search s WHERE s.tenant_id = ").uuid(self.tenant_id())
    }

    /// What the group's threads have in the stretch, but for wide terms. Practice and ids are compared again outside: in
    /// here they would only lead the plan to walk through everything that a practice has, or had at the time.
    fn of_group(&self, query: Ids, wanted: &Wanted, group: &Group, stretch: &Stretch) -> Ids {
        let is_looked_up = wanted.wide().next().is_some();
        let query = query.sql("SELECT s.tenant_id, s.message_id");
        let query = if is_looked_up { query.sql(", s.thread_id, s.tokens") } else { query };
        let query = query.sql(" FROM message_search s WHERE ");
        let query = match (&group.threads, &stretch.tokens) {
            (None, Some(_)) => query.sql("true"),
            (None, None) => within(query.sql("s.tenant_id = ").uuid(self.tenant_id()), stretch),
            (Some(threads), _) => {
                let query = query.sql("s.tenant_id = ").uuid(self.tenant_id());
                within(query.sql(" AND s.thread_id = ANY (").uuids(threads.clone()).sql(")"), stretch)
            }
        };
        let mut query = from_senders(query, wanted);
        let mut is_sure = !wanted.is_text_asked;
        for (place, (term, context)) in wanted.terms.iter().enumerate() {
            if matches!(context, Context::Narrow(_)) && group.met & (1 << place) == 0 {
                query = in_text(query.sql(" AND "), term);
                is_sure = true;
            }
        }
        let query = if is_sure { query } else { any_in_text(query, wanted) };
        match (&group.threads, &stretch.tokens) {
            // Behind the words: the index walks along what is asked for first, and a word is rarer than an hour.
            (None, Some(tokens)) => query.sql(" AND s.tokens && ").big_ints(tokens.clone()),
            _ => query,
        }
    }
}
