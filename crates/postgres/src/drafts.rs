//! What the actor has begun to write. A text is sealed for its writer, patient, place and kind: moved to another person
//! or turned from a note into a reply by whoever can write to the table, it does not open any more.

use crate::errors::{corrupt, unavailable};
use crate::keys::TenantKeys;
use crate::schema::draft;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::upsert::excluded;
use threadwell_application::Result;
use threadwell_application::ports::{Drafts, KeptDraft, KeptThreadDraft, ThreadSight};
use threadwell_domain::message::{DraftKind, DraftText, NewThreadDraft};
use threadwell_domain::thread::Category;
use threadwell_domain::{Moment, PatientId, Phi, ThreadId};
use uuid::Uuid;

const NEW_THREAD: i16 = 2;

const fn code(kind: DraftKind) -> i16 {
    match kind {
        DraftKind::Reply => 0,
        DraftKind::Note => 1,
    }
}

/// Which draft of the actor is meant.
#[derive(Clone, Copy)]
struct Place {
    kind: i16,
    patient: Uuid,
    thread: Option<Uuid>,
}

/// What is written of it besides.
#[derive(Default)]
struct Form<'a> {
    subject: Option<&'a Phi>,
    category: Option<Category>,
    is_confidential: bool,
}

impl Place {
    const fn about(self) -> Uuid {
        match self.thread {
            Some(thread) => thread,
            None => self.patient,
        }
    }

    /// The name under which a column is sealed.
    fn column(self, name: &str, (owner_kind, owner): (i16, Uuid)) -> String {
        format!("{name}/{owner_kind}/{owner}/{}/{}", self.patient, self.kind)
    }

    fn open(self, keys: &TenantKeys, owner: (i16, Uuid), name: &str, sealed: &[u8]) -> Option<Phi> {
        keys.open("draft", &self.column(name, owner), self.about(), sealed).text().cloned()
    }
}

const fn in_thread(thread: &ThreadSight, kind: i16) -> Place {
    Place { kind, patient: thread.patient.uuid(), thread: Some(thread.id.uuid()) }
}

const fn of_new(patient: PatientId) -> Place {
    Place { kind: NEW_THREAD, patient: patient.uuid(), thread: None }
}

type NewRow = (Vec<u8>, Option<Vec<u8>>, Option<i16>, bool, Moment);

impl Drafts for PgTransaction<'_> {
    fn keep(&mut self, thread: &ThreadSight, kind: DraftKind, text: &DraftText) -> Result<()> {
        if text.is_empty() {
            return self.were_sent(thread.id, kind);
        }
        self.write_draft(in_thread(thread, code(kind)), text, &Form::default())
    }

    fn of_thread(&mut self, thread: &ThreadSight) -> Result<Vec<KeptDraft>> {
        let (owner, keys) = (self.reader()?, self.keys()?);
        self.thread_was_touched(thread.id, thread.patient);
        let rows: Vec<(i16, Vec<u8>, Moment)> = draft::table
            .filter(draft::tenant_id.eq(self.tenant_id()))
            .filter(draft::owner_kind.eq(owner.0))
            .filter(draft::owner_id.eq(owner.1))
            .filter(draft::about_id.eq(thread.id.uuid()))
            .filter(draft::is_cleared.eq(false))
            .order(draft::kind)
            .select((draft::kind, draft::text_enc, draft::updated_at))
            .load(self.conn)
            .map_err(unavailable)?;
        let opened = rows.into_iter().filter_map(|(kind, sealed, updated_at)| {
            let text = in_thread(thread, kind).open(&keys, owner, "text_enc", &sealed)?;
            let kind = if kind == code(DraftKind::Note) { DraftKind::Note } else { DraftKind::Reply };
            Some(KeptDraft { kind, text, updated_at })
        });
        Ok(opened.collect())
    }

    fn were_sent(&mut self, thread: ThreadId, kind: DraftKind) -> Result<()> {
        let owner = self.reader()?;
        self.closing.clear_draft(self.tenant, owner, (thread.uuid(), code(kind)), self.now);
        Ok(())
    }

    fn keep_new(&mut self, patient: PatientId, new: &NewThreadDraft) -> Result<()> {
        if new.is_empty() {
            return self.new_was_sent(patient);
        }
        let (subject, category) = (Some(new.subject.as_phi()), new.category);
        let form = Form { subject, category, is_confidential: new.is_confidential };
        self.write_draft(of_new(patient), &new.text, &form)
    }

    fn of_new(&mut self, patient: PatientId) -> Result<Option<KeptThreadDraft>> {
        let (owner, keys, place) = (self.reader()?, self.keys()?, of_new(patient));
        self.trail.patient(patient);
        let row: Option<NewRow> = draft::table
            .filter(draft::tenant_id.eq(self.tenant_id()))
            .filter(draft::owner_kind.eq(owner.0))
            .filter(draft::owner_id.eq(owner.1))
            .filter(draft::about_id.eq(place.about()))
            .filter(draft::kind.eq(NEW_THREAD))
            .filter(draft::is_cleared.eq(false))
            .select((
                draft::text_enc,
                draft::subject_enc,
                draft::category,
                draft::is_confidential,
                draft::updated_at,
            ))
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some((text, subject, category, is_confidential, updated_at)) = row else { return Ok(None) };
        let unknown = || corrupt("draft", "category", place.about());
        let category = category.map(|code| Category::from_code(code).ok_or_else(unknown)).transpose()?;
        let text = place.open(&keys, owner, "text_enc", &text);
        let subject = subject.and_then(|sealed| place.open(&keys, owner, "subject_enc", &sealed));
        Ok(text.zip(subject).map(|(text, subject)| KeptThreadDraft {
            subject,
            category,
            text,
            is_confidential,
            updated_at,
        }))
    }

    fn new_was_sent(&mut self, patient: PatientId) -> Result<()> {
        let owner = self.reader()?;
        self.closing.clear_draft(self.tenant, owner, (patient.uuid(), NEW_THREAD), self.now);
        Ok(())
    }
}

impl PgTransaction<'_> {
    /// Writes a draft in the place of an earlier one of the same place.
    fn write_draft(&mut self, place: Place, text: &DraftText, form: &Form<'_>) -> Result<()> {
        let (owner, keys) = (self.reader()?, self.keys()?);
        let seal = |name: &str, text: &Phi| {
            keys.seal("draft", &place.column(name, owner), place.about(), text.expose())
        };
        diesel::insert_into(draft::table)
            .values((
                draft::tenant_id.eq(self.tenant_id()),
                draft::owner_kind.eq(owner.0),
                draft::owner_id.eq(owner.1),
                draft::about_id.eq(place.about()),
                draft::kind.eq(place.kind),
                draft::patient_id.eq(place.patient),
                draft::thread_id.eq(place.thread),
                draft::text_enc.eq(seal("text_enc", text.as_phi())?),
                draft::subject_enc.eq(form.subject.map(|text| seal("subject_enc", text)).transpose()?),
                draft::category.eq(form.category.map(Category::code)),
                draft::is_confidential.eq(form.is_confidential),
                draft::updated_at.eq(self.now),
                draft::is_cleared.eq(false),
            ))
            .on_conflict((draft::tenant_id, draft::owner_kind, draft::owner_id, draft::about_id, draft::kind))
            .do_update()
            .set((
                draft::text_enc.eq(excluded(draft::text_enc)),
                draft::subject_enc.eq(excluded(draft::subject_enc)),
                draft::category.eq(excluded(draft::category)),
                draft::is_confidential.eq(excluded(draft::is_confidential)),
                draft::updated_at.eq(excluded(draft::updated_at)),
                draft::is_cleared.eq(false),
            ))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }
}
