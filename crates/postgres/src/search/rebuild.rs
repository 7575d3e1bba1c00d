//! The rebuild of an index: the messages in the order of their ids. Its row keeps how far it came.

use super::terms::patient_tokens;
use super::writing::MessageRow;
use crate::errors::unavailable;
use crate::schema::{message, outbox, patient, patient_search, search_index};
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::RebuildStep;
use uuid::Uuid;

/// Words of the vocabulary that one step takes the text from.
const WORDS_AT_ONCE: i64 = 2_000;
/// Nothing was done, since somebody else was faster.
const OVERTAKEN: RebuildStep = RebuildStep { rows: 0, is_complete: false };

#[derive(Queryable, Selectable, PartialEq, Eq)]
#[diesel(table_name = search_index, check_for_backend(diesel::pg::Pg))]
struct Progress {
    is_on: bool,
    is_complete: bool,
    generation: i32,
    patients_up_to: Option<Uuid>,
    messages_up_to: Option<Uuid>,
    messages_seen: i64,
}

type PatientRow = (Uuid, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>);

impl PgTransaction<'_> {
    pub(super) fn rebuild_a_step(&mut self, limit: i64) -> Result<RebuildStep> {
        let progress = self.progress()?;
        if progress.is_complete {
            return Ok(RebuildStep { rows: 0, is_complete: true });
        }
        if progress.patients_up_to == Some(Uuid::max()) && progress.is_on {
            return self.rebuild_messages(&progress, limit);
        }
        if !self.holds(&progress)? {
            return Ok(OVERTAKEN);
        }
        if progress.patients_up_to != Some(Uuid::max()) {
            return self.rebuild_patients(progress.patients_up_to, limit);
        }
        match self.blank_words()? {
            0 => self.rebuild_messages(&progress, limit),
            rows => Ok(RebuildStep { rows, is_complete: false }),
        }
    }

    fn progress(&mut self) -> Result<Progress> {
        search_index::table
            .filter(search_index::tenant_id.eq(self.tenant_id()))
            .select(Progress::as_select())
            .first(self.conn)
            .map_err(unavailable)
    }

    /// Takes the row of the index alone, unless it has changed since it was read.
    fn holds(&mut self, progress: &Progress) -> Result<bool> {
        let locked: Progress = search_index::table
            .filter(search_index::tenant_id.eq(self.tenant_id()))
            .select(Progress::as_select())
            .for_no_key_update()
            .first(self.conn)
            .map_err(unavailable)?;
        Ok(locked == *progress)
    }

    /// What takes long is made ready before the first lock: an open write holds up the live updates of everybody.
    fn rebuild_messages(&mut self, progress: &Progress, limit: i64) -> Result<RebuildStep> {
        let rows: Vec<MessageRow> = message::table
            .filter(message::tenant_id.eq(self.tenant_id()))
            .filter(message::id.gt(progress.messages_up_to.unwrap_or(Uuid::nil())))
            .order(message::id)
            .limit(limit)
            .select(MessageRow::as_select())
            .load(self.conn)
            .map_err(unavailable)?;
        let ready = self.make_ready(&rows, progress.is_on)?;
        if !self.holds(progress)? {
            return Ok(OVERTAKEN);
        }
        self.write(&ready)?;
        let is_complete = i64::try_from(rows.len()).unwrap_or(i64::MAX) < limit;
        self.rebuilt_up_to(progress, &rows, is_complete)?;
        Ok(RebuildStep { rows: rows.len(), is_complete })
    }

    fn rebuilt_up_to(&mut self, progress: &Progress, rows: &[MessageRow], is_complete: bool) -> Result<()> {
        let count = i64::try_from(rows.len()).unwrap_or(0);
        diesel::update(search_index::table)
            .filter(search_index::tenant_id.eq(self.tenant_id()))
            .set((
                search_index::messages_up_to.eq(rows.last().map(MessageRow::id).or(progress.messages_up_to)),
                search_index::messages_seen.eq(progress.messages_seen + count),
                search_index::is_complete.eq(is_complete),
                search_index::changed_at.eq(self.now),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    /// Passes over the next message and gives it a job, which is tried again by itself.
    pub(super) fn pass_over_next(&mut self) -> Result<Option<Uuid>> {
        let progress = self.progress()?;
        if progress.is_complete || progress.patients_up_to != Some(Uuid::max()) || !self.holds(&progress)? {
            return Ok(None);
        }
        let next: Option<MessageRow> = message::table
            .filter(message::tenant_id.eq(self.tenant_id()))
            .filter(message::id.gt(progress.messages_up_to.unwrap_or(Uuid::nil())))
            .order(message::id)
            .select(MessageRow::as_select())
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some(row) = next else { return Ok(None) };
        diesel::insert_into(outbox::table)
            .values((
                outbox::tenant_id.eq(self.tenant_id()),
                outbox::id.eq(self.new_id()),
                outbox::kind.eq(2),
                outbox::thread_id.eq(row.thread()),
                outbox::message_id.eq(row.id()),
                outbox::created_at.eq(self.now),
                outbox::due_at.eq(self.now),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        let id = row.id();
        self.rebuilt_up_to(&progress, &[row], false)?;
        Ok(Some(id))
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
}
