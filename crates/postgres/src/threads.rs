//! Threads under the rules: found under a lock, saved as the domain left them.

use crate::errors::{is_foreign_key_violation, unavailable};
use crate::schema::{thread, thread_search};
use crate::sql::Statement;
use crate::thread_row::ThreadRow;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::result::Error as Diesel;
use std::collections::{BTreeSet, HashSet};
use threadwell_application::access::Actor;
use threadwell_application::ports::{Readable, ThreadSight, ThreadTexts, Threads};
use threadwell_application::{Error, Result};
use threadwell_crypto::Scope;
use threadwell_domain::message::Preview;
use threadwell_domain::thread::{CategorySet, Subject, Thread};
use threadwell_domain::{PatientId, ThreadId};
use uuid::Uuid;

impl Threads for PgTransaction<'_> {
    fn find_for_update(&mut self, id: ThreadId) -> Result<Option<Thread>> {
        let Some(row) = self.lock_row(id).map_err(unavailable)? else { return Ok(None) };
        self.thread_was_touched(id, PatientId::new(row.patient_id));
        row.facts().map(Thread::restore).map(Some)
    }

    fn find_all_for_update(&mut self, ids: &[ThreadId]) -> Result<Vec<Thread>> {
        let rows = self.lock_rows(ids).map_err(unavailable)?;
        let found: HashSet<Uuid> = rows.iter().map(|row| row.id).collect();
        ids.iter().filter(|id| !found.contains(&id.uuid())).for_each(|id| self.trail.missing(*id));
        rows.iter().for_each(|row| {
            self.thread_was_touched(ThreadId::new(row.id), PatientId::new(row.patient_id));
        });
        rows.into_iter().map(|row| row.facts().map(Thread::restore)).collect()
    }

    fn add(&mut self, thread: &Thread, subject: &Subject, preview: &Preview) -> Result<()> {
        let (facts, keys) = (thread.facts(), self.keys()?);
        let id = facts.id.uuid();
        let subject_text = subject.as_phi().expose();
        let subject_enc = keys.seal("thread", "subject_enc", id, subject_text)?;
        let preview_enc = keys.seal("thread", "preview_enc", id, preview.as_phi().expose())?;
        diesel::insert_into(thread::table)
            .values((
                thread::tenant_id.eq(self.tenant_id()),
                ThreadRow::from(facts),
                thread::subject_enc.eq(subject_enc),
                thread::preview_enc.eq(preview_enc),
            ))
            .execute(self.conn)
            .map_err(|source| match &source {
                Diesel::DatabaseError(_, about)
                    if is_foreign_key_violation(&source)
                        && about.constraint_name() == Some("thread_patient_fkey") =>
                {
                    Error::PatientNotFound
                }
                _ => unavailable(source),
            })?;
        let tokens = keys.index().text_tokens(Scope::THREAD_SUBJECT, subject_text);
        self.index_subject(facts.id, tokens)?;
        self.thread_was_touched(facts.id, facts.patient);
        Ok(())
    }

    fn save(&mut self, thread: &Thread, texts: ThreadTexts<'_>) -> Result<()> {
        let id = thread.facts().id;
        if let Some(subject) = texts.subject {
            self.reindex_subject(id, subject)?;
        }
        let rows = match &self.actor {
            Actor::Portal(_) => self.save_by_portal(thread, texts)?,
            Actor::Staff(_) | Actor::Visitor | Actor::Worker | Actor::Operator => {
                self.save_by_staff(thread, texts)?
            }
        };
        self.thread_was_touched(id, thread.facts().patient);
        if rows == 1 { Ok(()) } else { Err(Error::unavailable("a thread vanished under its lock")) }
    }

    fn subject_of(&mut self, id: ThreadId) -> Result<Option<Readable>> {
        let sealed: Option<Vec<u8>> = thread::table
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq(id.uuid()))
            .select(thread::subject_enc)
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let keys = self.keys()?;
        Ok(sealed.map(|sealed| keys.open("thread", "subject_enc", id.uuid(), &sealed)))
    }

    fn sight(&mut self, id: ThreadId) -> Result<Option<ThreadSight>> {
        self.thread_sight(id)
    }
}

impl PgTransaction<'_> {
    /// The row, if it exists for the actor, locked until the transaction ends.
    ///
    /// Its key never changes, and the lock says so: foreign keys of jobs and cursors pass it. Otherwise a worker that
    /// tells a reader of the thread and a reply of that reader could wait for each other.
    fn lock_row(&mut self, id: ThreadId) -> QueryResult<Option<ThreadRow>> {
        let locked = thread::table
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq(id.uuid()))
            .filter(thread::category.eq_any(codes(self.visible_categories())));
        match self.patient_scope() {
            None => locked.select(ThreadRow::as_select()).for_no_key_update().first(self.conn),
            Some((patient, sees_confidential)) => locked
                .filter(thread::patient_id.eq(patient.uuid()))
                .filter(thread::is_confidential.eq_any(if sees_confidential {
                    vec![false, true]
                } else {
                    vec![false]
                }))
                .select(ThreadRow::as_select())
                .for_no_key_update()
                .first(self.conn),
        }
        .optional()
    }

    /// Those rows that exist for a member of the staff, locked one after the other in the order of their ids.
    fn lock_rows(&mut self, ids: &[ThreadId]) -> QueryResult<Vec<ThreadRow>> {
        thread::table
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq_any(ids.iter().map(|id| id.uuid()).collect::<Vec<_>>()))
            .filter(thread::category.eq_any(codes(self.visible_categories())))
            .order(thread::id)
            .select(ThreadRow::as_select())
            .for_no_key_update()
            .load(self.conn)
    }

    /// Writes every column that an act of the staff can move.
    fn save_by_staff(&mut self, thread: &Thread, texts: ThreadTexts<'_>) -> Result<usize> {
        let row = ThreadRow::from(thread.facts());
        let sealed = self.seal_texts(thread, texts)?;
        diesel::update(thread::table)
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq(row.id))
            .set((
                (
                    thread::category.eq(row.category),
                    thread::priority.eq(row.priority),
                    thread::status.eq(row.status),
                    thread::assigned_staff_id.eq(row.assigned_staff_id),
                    thread::assigned_team_id.eq(row.assigned_team_id),
                    thread::is_confidential.eq(row.is_confidential),
                    thread::archived_at.eq(row.archived_at),
                    thread::closed_at.eq(row.closed_at),
                    thread::updated_at.eq(row.updated_at),
                    thread::version.eq(row.version),
                    thread::public_version.eq(row.public_version),
                    thread::public_updated_at.eq(row.public_updated_at),
                ),
                (
                    thread::last_seq.eq(row.last_seq),
                    thread::message_count.eq(row.message_count),
                    thread::last_message_at.eq(row.last_message_at),
                    thread::last_message_by.eq(row.last_message_by),
                    thread::last_patient_seq.eq(row.last_patient_seq),
                    thread::last_staff_seq.eq(row.last_staff_seq),
                    thread::is_unread_by_staff.eq(row.is_unread_by_staff),
                    thread::seen_by_staff_at.eq(row.seen_by_staff_at),
                ),
                sealed.subject.map(|text| thread::subject_enc.eq(text)),
                sealed.preview.map(|text| thread::preview_enc.eq(text)),
                sealed.close_reason.map(|text| thread::close_reason_enc.eq(text)),
            ))
            .execute(self.conn)
            .map_err(unavailable)
    }

    /// Writes the columns that a patient's acts move, which are all that the portal's role may write.
    fn save_by_portal(&mut self, thread: &Thread, texts: ThreadTexts<'_>) -> Result<usize> {
        let row = ThreadRow::from(thread.facts());
        let sealed = self.seal_texts(thread, texts)?;
        diesel::update(thread::table)
            .filter(thread::tenant_id.eq(self.tenant_id()))
            .filter(thread::id.eq(row.id))
            .filter(thread::patient_id.eq(row.patient_id))
            .set((
                thread::status.eq(row.status),
                thread::is_confidential.eq(row.is_confidential),
                thread::archived_at.eq(row.archived_at),
                thread::closed_at.eq(row.closed_at),
                thread::updated_at.eq(row.updated_at),
                thread::version.eq(row.version),
                thread::public_version.eq(row.public_version),
                thread::public_updated_at.eq(row.public_updated_at),
                thread::last_seq.eq(row.last_seq),
                thread::message_count.eq(row.message_count),
                thread::last_message_at.eq(row.last_message_at),
                thread::last_message_by.eq(row.last_message_by),
                thread::last_patient_seq.eq(row.last_patient_seq),
                thread::is_unread_by_staff.eq(row.is_unread_by_staff),
                sealed.preview.map(|text| thread::preview_enc.eq(text)),
                sealed.close_reason.map(|text| thread::close_reason_enc.eq(text)),
            ))
            .execute(self.conn)
            .map_err(unavailable)
    }

    fn seal_texts(&self, thread: &Thread, texts: ThreadTexts<'_>) -> Result<SealedTexts> {
        let (keys, id) = (self.keys()?, thread.facts().id.uuid());
        let seal = |column: &str, text: &str| keys.seal("thread", column, id, text);
        let subject = texts.subject.map(|text| seal("subject_enc", text.as_phi().expose()));
        let preview = texts.preview.map(|text| seal("preview_enc", text.as_phi().expose()));
        let close_reason = texts
            .close_reason
            .map(|reason| reason.map(|text| seal("close_reason_enc", text.as_phi().expose())).transpose());
        Ok(SealedTexts {
            subject: subject.transpose()?,
            preview: preview.transpose()?,
            close_reason: close_reason.transpose()?,
        })
    }

    fn index_subject(&mut self, id: ThreadId, tokens: BTreeSet<i64>) -> Result<()> {
        Statement::<()>::new("INSERT INTO thread_search (tenant_id, token, thread_id) SELECT ")
            .uuid(self.tenant_id())
            .sql(", token, ")
            .uuid(id.uuid())
            .sql(" FROM unnest(")
            .big_ints(tokens.into_iter().collect())
            .sql(") AS token")
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    /// Lets the words of the old subject go and those of the new one in; nothing is deleted.
    fn reindex_subject(&mut self, id: ThreadId, subject: &Subject) -> Result<()> {
        let keys = self.keys()?;
        let tokens = |text: &str| keys.index().text_tokens(Scope::THREAD_SUBJECT, text);
        let before = match Threads::subject_of(self, id)? {
            Some(Readable::Intact(text)) => tokens(text.expose()),
            Some(Readable::Unreadable) | None => BTreeSet::new(),
        };
        let after = tokens(subject.as_phi().expose());
        let gone: Vec<i64> = before.difference(&after).copied().collect();
        diesel::update(thread_search::table)
            .filter(thread_search::tenant_id.eq(self.tenant_id()))
            .filter(thread_search::thread_id.eq(id.uuid()))
            .filter(thread_search::token.eq_any(gone))
            .set(thread_search::is_current.eq(false))
            .execute(self.conn)
            .map_err(unavailable)?;
        Statement::<()>::new("INSERT INTO thread_search (tenant_id, token, thread_id) SELECT ")
            .uuid(self.tenant_id())
            .sql(", token, ")
            .uuid(id.uuid())
            .sql(" FROM unnest(")
            .big_ints(after.into_iter().collect())
            .sql(") AS token ON CONFLICT (tenant_id, token, thread_id) DO UPDATE SET is_current = true")
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    /// Notes a thread and its patient for the audit, and remembers whose the thread is.
    pub(crate) fn thread_was_touched(&mut self, id: ThreadId, patient: PatientId) {
        self.trail.thread(id);
        self.trail.patient(patient);
        self.last_touched = Some((id, patient));
    }
}

struct SealedTexts {
    subject: Option<Vec<u8>>,
    preview: Option<Vec<u8>>,
    close_reason: Option<Option<Vec<u8>>>,
}

/// The categories as the column holds them.
pub(crate) fn codes(categories: CategorySet) -> Vec<i16> {
    categories.iter().map(|category| category.code()).collect()
}
