//! Filling the index: new messages from their jobs, all of them again by a rebuild.
//!
//! A new message's tokens and the mark on its job are one transaction, so a worker that dies leaves neither. A rebuild
//! goes through the messages in the order of their ids and keeps in its row how far it came. What is sent meanwhile
//! has a job of its own. Both hold the row of the practice's index, the one beside others and the other alone, so that
//! nobody writes tokens by a switch that was turned in the meantime.

use super::terms::patient_tokens;
use super::tokens::{Indexed, index_text, sender_token, word_scope};
use super::vocabulary::word_row;
use crate::errors::unavailable;
use crate::keys::TenantKeys;
use crate::schema::{message, message_search, outbox, patient, patient_search, search_index, search_word};
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::upsert::excluded;
use std::collections::{BTreeMap, BTreeSet};
use threadwell_application::Result;
use threadwell_application::ports::{Readable, RebuildStep, Work};
use threadwell_domain::Phi;
use uuid::Uuid;

/// Words of the vocabulary that one step takes the text from.
const WORDS_AT_ONCE: i64 = 2_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = message, check_for_backend(diesel::pg::Pg))]
struct MessageRow {
    id: Uuid,
    thread_id: Uuid,
    patient_id: Uuid,
    staff_id: Option<Uuid>,
    body_enc: Vec<u8>,
    is_internal: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = search_index, check_for_backend(diesel::pg::Pg))]
struct Progress {
    is_on: bool,
    is_complete: bool,
    patients_up_to: Option<Uuid>,
    messages_up_to: Option<Uuid>,
    messages_seen: i64,
}

type PatientRow = (Uuid, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>);

impl PgTransaction<'_> {
    pub(super) fn index_new_messages(&mut self, limit: i64) -> Result<usize> {
        let tenant = self.tenant_id();
        let is_on = search_index::table
            .filter(search_index::tenant_id.eq(tenant))
            .select(search_index::is_on)
            .for_share()
            .first::<bool>(self.conn)
            .map_err(unavailable)?;
        let jobs: Vec<(Uuid, Option<Uuid>)> = outbox::table
            .filter(outbox::tenant_id.eq(tenant))
            .filter(outbox::done_at.is_null())
            .filter(outbox::dead_at.is_null())
            // Said as a constant, so that a generic plan can use the partial index.
            .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("kind = 2"))
            .order(outbox::id)
            .limit(limit)
            .select((outbox::id, outbox::message_id))
            .for_update()
            .skip_locked()
            .load(self.conn)
            .map_err(unavailable)?;
        if jobs.is_empty() {
            return Ok(0);
        }
        let messages: Vec<Uuid> = jobs.iter().filter_map(|(_, message)| *message).collect();
        let rows = message::table
            .filter(message::tenant_id.eq(tenant))
            .filter(message::id.eq_any(messages))
            .select(MessageRow::as_select())
            .load(self.conn)
            .map_err(unavailable)?;
        self.write_tokens(&rows, is_on)?;
        let ids: Vec<Uuid> = jobs.iter().map(|(id, _)| *id).collect();
        diesel::update(outbox::table)
            .filter(outbox::tenant_id.eq(tenant))
            .filter(outbox::id.eq_any(ids))
            .set(outbox::done_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(jobs.len())
    }

    pub(super) fn rebuild_a_step(&mut self, limit: i64) -> Result<RebuildStep> {
        let progress: Progress = search_index::table
            .filter(search_index::tenant_id.eq(self.tenant_id()))
            .select(Progress::as_select())
            .for_no_key_update()
            .first(self.conn)
            .map_err(unavailable)?;
        if progress.is_complete {
            return Ok(RebuildStep { rows: 0, is_complete: true });
        }
        if progress.patients_up_to != Some(Uuid::max()) {
            return self.rebuild_patients(progress.patients_up_to, limit);
        }
        if !progress.is_on {
            let blanked = self.blank_words()?;
            if blanked > 0 {
                return Ok(RebuildStep { rows: blanked, is_complete: false });
            }
        }
        self.rebuild_messages(&progress, limit)
    }

    fn rebuild_messages(&mut self, progress: &Progress, limit: i64) -> Result<RebuildStep> {
        let rows: Vec<MessageRow> = message::table
            .filter(message::tenant_id.eq(self.tenant_id()))
            .filter(message::id.gt(progress.messages_up_to.unwrap_or(Uuid::nil())))
            .order(message::id)
            .limit(limit)
            .select(MessageRow::as_select())
            .load(self.conn)
            .map_err(unavailable)?;
        self.write_tokens(&rows, progress.is_on)?;
        let is_complete = i64::try_from(rows.len()).unwrap_or(i64::MAX) < limit;
        let count = i64::try_from(rows.len()).unwrap_or(0);
        diesel::update(search_index::table)
            .filter(search_index::tenant_id.eq(self.tenant_id()))
            .set((
                search_index::messages_up_to.eq(rows.last().map(|row| row.id).or(progress.messages_up_to)),
                search_index::messages_seen.eq(progress.messages_seen + count),
                search_index::is_complete.eq(is_complete),
                search_index::changed_at.eq(self.now),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(RebuildStep { rows: rows.len(), is_complete })
    }

    /// Patients of before had no tokens of e-mail, telephone and date of birth.
    fn rebuild_patients(&mut self, up_to: Option<Uuid>, limit: i64) -> Result<RebuildStep> {
        let rows: Vec<PatientRow> = patient::table
            .filter(patient::tenant_id.eq(self.tenant_id()))
            .filter(patient::id.gt(up_to.unwrap_or(Uuid::nil())))
            .order(patient::id)
            .limit(limit)
            .select((patient::id, patient::email_enc, patient::phone_enc, patient::birth_date_enc))
            .load(self.conn)
            .map_err(unavailable)?;
        let keys = self.keys()?;
        for (id, email, phone, birth_date) in &rows {
            let open = |column: &str, sealed: &Option<Vec<u8>>| {
                let sealed = sealed.as_ref()?;
                keys.open("patient", column, *id, sealed).text().map(|text| text.expose().to_owned())
            };
            let (email, phone) = (open("email_enc", email), open("phone_enc", phone));
            let birth_date = open("birth_date_enc", birth_date);
            self.index_patient(*id, email.as_deref(), phone.as_deref(), birth_date.as_deref())?;
        }
        let is_last = i64::try_from(rows.len()).unwrap_or(i64::MAX) < limit;
        let place = if is_last { Some(Uuid::max()) } else { rows.last().map(|(id, ..)| *id) };
        diesel::update(search_index::table)
            .filter(search_index::tenant_id.eq(self.tenant_id()))
            .set((search_index::patients_up_to.eq(place), search_index::changed_at.eq(self.now)))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(RebuildStep { rows: rows.len(), is_complete: false })
    }

    /// Stores what a patient can be found by as a whole.
    pub(crate) fn index_patient(
        &mut self,
        id: Uuid,
        email: Option<&str>,
        phone: Option<&str>,
        birth_date: Option<&str>,
    ) -> Result<()> {
        let tenant = self.tenant_id();
        let tokens = patient_tokens(self.keys()?.index(), email, phone, birth_date);
        let rows: Vec<_> = tokens
            .into_iter()
            .map(|token| {
                (
                    patient_search::tenant_id.eq(tenant),
                    patient_search::token.eq(token),
                    patient_search::patient_id.eq(id),
                )
            })
            .collect();
        diesel::insert_into(patient_search::table)
            .values(rows)
            .on_conflict_do_nothing()
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    /// Writes the tokens of messages, none where the practice does without, whatever stood there.
    fn write_tokens(&mut self, rows: &[MessageRow], is_on: bool) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let (keys, tenant) = (self.keys()?, self.tenant_id());
        let mut words = BTreeMap::new();
        let mut values = Vec::with_capacity(rows.len());
        for row in rows {
            let tokens = if is_on { row.tokens(&keys, &mut words) } else { BTreeSet::new() };
            values.push((
                message_search::tenant_id.eq(tenant),
                message_search::message_id.eq(row.id),
                message_search::thread_id.eq(row.thread_id),
                message_search::tokens.eq(tokens.into_iter().collect::<Vec<i64>>()),
            ));
        }
        diesel::insert_into(message_search::table)
            .values(values)
            .on_conflict((message_search::tenant_id, message_search::message_id))
            .do_update()
            .set(message_search::tokens.eq(excluded(message_search::tokens)))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.write_words(words)
    }

    /// Adds the words that the vocabulary does not have, in one order for all, so that workers do not wait in a circle.
    fn write_words(&mut self, mut words: BTreeMap<(i16, i64), String>) -> Result<()> {
        let tokens: Vec<i64> = words.keys().map(|(_, token)| *token).collect();
        let known: Vec<(i16, i64)> = search_word::table
            .filter(search_word::tenant_id.eq(self.tenant_id()))
            .filter(search_word::scope.between(0, 1))
            .filter(search_word::token.eq_any(tokens))
            .filter(search_word::word_enc.ne(Vec::<u8>::new()))
            .select((search_word::scope, search_word::token))
            .load(self.conn)
            .map_err(unavailable)?;
        known.iter().for_each(|row| drop(words.remove(row)));
        let (keys, tenant) = (self.keys()?, self.tenant_id());
        let mut values = Vec::with_capacity(words.len());
        for ((scope, token), word) in words {
            let sealed = keys.seal("search_word", "word_enc", word_row(scope, token), &word)?;
            values.push((
                search_word::tenant_id.eq(tenant),
                search_word::scope.eq(scope),
                search_word::token.eq(token),
                search_word::word_enc.eq(sealed),
                search_word::added_at.eq(self.now),
            ));
        }
        diesel::insert_into(search_word::table)
            .values(values)
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

    /// Takes the text from words of the vocabulary; how many had one.
    fn blank_words(&mut self) -> Result<usize> {
        Statement::<()>::new("UPDATE search_word SET word_enc = '' WHERE tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND (scope, token) IN (SELECT w.scope, w.token FROM search_word w WHERE w.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND w.word_enc <> '' LIMIT ")
            .number(WORDS_AT_ONCE)
            .sql(")")
            .execute(self.conn)
            .map_err(unavailable)
    }

    /// Says when the index has work next, unless somebody is just adding some.
    pub(super) fn put_index_to_rest(&mut self) -> Result<()> {
        if !self.is_alone_at(Work::Search)? {
            return Ok(());
        }
        let open: i64 = outbox::table
            .filter(outbox::tenant_id.eq(self.tenant_id()))
            .filter(outbox::done_at.is_null())
            .filter(outbox::dead_at.is_null())
            .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("kind = 2"))
            .count()
            .get_result(self.conn)
            .map_err(unavailable)?;
        self.rest_until(Work::Search, (open > 0).then_some(self.now))
    }
}

impl MessageRow {
    /// The tokens of the text and of its author; words for the vocabulary go to `words`.
    fn tokens(&self, keys: &TenantKeys, words: &mut BTreeMap<(i16, i64), String>) -> BTreeSet<i64> {
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
        tokens
    }
}
