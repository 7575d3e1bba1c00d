//! Threads with their messages, cursors, search tokens and the audit of who read them.

use super::rows::Row;
use super::tenant;
use super::words::{Dice, body, subject};
use crate::Outcome;
use crate::ids::{self, Kind, id, started_ms, timed};
use crate::keys::PracticeKeys;
use crate::size::{Practice, STAFF};
use crate::sql::Copy;
use threadwell_crypto::Scope;
use threadwell_domain::message::MessageBody;
use threadwell_domain::thread::Status;
use uuid::Uuid;

const HOUR_MS: u64 = 3_600_000;

/// The place of the internal note, in conversations that are long enough.
const NOTE: u64 = 4;

/// Of a hundred threads, so many are not closed; wrk and pgbench answer those.
pub(crate) const ACTIVE_OF_100: u64 = 43;

/// What a thread's number says of it.
struct Told<'a> {
    practice: &'a Practice,
    number: u64,
}

impl Told<'_> {
    fn id(&self) -> Uuid {
        ids::thread(self.practice.number, self.practice.threads, self.number)
    }

    /// Shifted from round to round, so that each patient has threads of every status.
    const fn person(&self) -> u64 {
        let patients = self.practice.patients();
        (self.number + self.number / patients * 7) % patients
    }

    fn patient(&self) -> Uuid {
        id(Kind::Patient, self.practice.number, self.person())
    }

    fn account(&self) -> Uuid {
        id(Kind::Account, self.practice.number, self.person())
    }

    fn staff(&self) -> Uuid {
        id(Kind::Staff, self.practice.number, self.number % STAFF)
    }

    const fn status(&self) -> Status {
        match self.number % 100 {
            0..10 => Status::Open,
            10..20 => Status::InProgress,
            20..35 => Status::WaitingPatient,
            35..ACTIVE_OF_100 => Status::WaitingProvider,
            _ => Status::Closed,
        }
    }

    const fn sent_ms(&self, seq: u64) -> u64 {
        started_ms(self.practice.threads, self.number) + (seq - 1) * HOUR_MS
    }

    const fn last_ms(&self) -> u64 {
        self.sent_ms(self.practice.messages)
    }

    /// Sides alternate; whoever is waited for did not write last.
    const fn is_by_patient(&self, seq: u64) -> bool {
        let staff_wrote_last = matches!(self.status(), Status::WaitingPatient | Status::Closed);
        seq % 2 == if staff_wrote_last { 1 } else { 0 }
    }

    /// One message in thirty has a file.
    const fn files(&self, seq: u64) -> u64 {
        if (self.number * self.practice.messages + seq).is_multiple_of(30) { 1 } else { 0 }
    }

    const fn is_note(&self, seq: u64) -> bool {
        self.practice.messages > NOTE && seq == NOTE
    }

    /// Of those that wait for staff, three in five are unread.
    const fn is_unread(&self) -> bool {
        matches!(self.status(), Status::Open | Status::InProgress) && self.number / 100 % 10 < 6
    }

    fn dice(&self) -> Dice {
        Dice::new(self.practice.number << 40 | self.number)
    }

    fn body(&self, seq: u64) -> String {
        body(&mut Dice::new(self.practice.number << 40 | self.number << 8 | seq))
    }

    /// The newest public place of one side.
    fn last_place(&self, of_patient: bool) -> u64 {
        let wrote = |seq: &u64| self.is_by_patient(*seq) == of_patient && !self.is_note(*seq);
        (1..=self.practice.messages).rev().find(wrote).unwrap_or(0)
    }
}

fn told(practice: &Practice) -> impl Iterator<Item = Told<'_>> {
    (0..practice.threads).map(move |number| Told { practice, number })
}

/// Writes every message and note.
///
/// # Errors
/// The database refuses a row.
pub(crate) fn messages(url: &str, practice: &Practice, keys: &PracticeKeys) -> Outcome<()> {
    let mut copy = Copy::into(
        url,
        "message (tenant_id, thread_id, seq, id, patient_id, sender_kind, staff_id, account_id, body_enc, \
         is_internal, sent_at, attachment_count)",
    )?;
    for thread in told(practice) {
        for seq in 1..=practice.messages {
            copy.row(&message(&thread, seq, keys)?)?;
        }
    }
    copy.finish()
}

/// A text is sealed for its thread, patient and audience, as the store does.
fn body_column(thread: &Told<'_>, seq: u64) -> String {
    let audience = if thread.is_note(seq) { "internal" } else { "public" };
    format!("body_enc/{}/{}/{audience}", thread.id(), thread.patient())
}

fn message(thread: &Told<'_>, seq: u64, keys: &PracticeKeys) -> Outcome<String> {
    let practice = thread.practice.number;
    let sent = thread.sent_ms(seq);
    let id = timed(Kind::Message, practice, thread.number << 8 | seq, sent);
    let by_patient = thread.is_by_patient(seq) && !thread.is_note(seq);
    let row = Row::default()
        .id(tenant(practice))
        .id(thread.id())
        .number(seq)
        .id(id)
        .id(thread.patient())
        .number(u64::from(!by_patient))
        .optional_id((!by_patient).then(|| thread.staff()))
        .optional_id(by_patient.then(|| thread.account()))
        .bytes(&keys.seal("message", &body_column(thread, seq), id, &thread.body(seq))?)
        .flag(thread.is_note(seq))
        .moment(sent)
        .number(thread.files(seq));
    Ok(row.line())
}

/// Writes threads, their search tokens, cursors and audit.
///
/// # Errors
/// The database refuses a row.
pub(crate) fn threads(url: &str, practice: &Practice, keys: &PracticeKeys) -> Outcome<()> {
    let mut rows = Copy::into(url, &format!("thread ({THREAD_COLUMNS})"))?;
    let mut tokens = Copy::into(url, "thread_search (tenant_id, token, thread_id)")?;
    for thread in told(practice) {
        let subject = subject(&mut thread.dice());
        rows.row(&thread_row(&thread, &subject, keys)?)?;
        for token in keys.index().text_tokens(Scope::THREAD_SUBJECT, &subject) {
            tokens.row(&Row::default().id(tenant(practice.number)).signed(token).id(thread.id()).line())?;
        }
    }
    rows.finish()?;
    tokens.finish()?;
    cursors(url, practice)?;
    audit(url, practice)
}

const THREAD_COLUMNS: &str = "tenant_id, id, patient_id, category, priority, status, assigned_staff_id, \
    is_created_by_patient, is_confidential, archived_at, closed_at, created_at, updated_at, version, public_version, \
    public_updated_at, last_seq, message_count, last_message_at, last_message_by, last_patient_seq, last_staff_seq, \
    is_unread_by_staff, seen_by_staff_at, subject_enc, preview_enc";

fn thread_row(thread: &Told<'_>, subject: &str, keys: &PracticeKeys) -> Outcome<String> {
    let (practice, status, id) = (thread.practice, thread.status(), thread.id());
    let is_closed = status == Status::Closed;
    let is_archived = is_closed && thread.number * 3 < practice.threads;
    let public = practice.messages - u64::from(practice.messages > NOTE);
    let preview = MessageBody::parse(&thread.body(practice.messages))?.preview();
    let row = Row::default()
        .id(tenant(practice.number))
        .id(id)
        .id(thread.patient())
        .number(thread.number % 6)
        .number(thread.number / 6 % 4)
        .signed(status.code().into())
        .optional_id((status != Status::Open).then(|| thread.staff()))
        .flag(thread.is_by_patient(1))
        .flag(false);
    let moment = |row: Row, is_set: bool, ms: u64| if is_set { row.moment(ms) } else { row.null() };
    let row = moment(row, is_archived, thread.last_ms() + 2 * HOUR_MS);
    let row = moment(row, is_closed, thread.last_ms() + HOUR_MS)
        .moment(thread.sent_ms(1))
        .moment(thread.last_ms())
        .number(public)
        .number(public)
        .moment(thread.last_ms())
        .number(practice.messages)
        .number(public)
        .moment(thread.last_ms())
        .number(u64::from(!thread.is_by_patient(practice.messages)))
        .number(thread.last_place(true))
        .number(thread.last_place(false))
        .flag(thread.is_unread());
    let row = moment(row, !thread.is_unread(), thread.last_ms())
        .bytes(&keys.seal("thread", "subject_enc", id, subject)?)
        .bytes(&keys.seal("thread", "preview_enc", id, preview.as_phi().expose())?);
    Ok(row.line())
}

fn cursors(url: &str, practice: &Practice) -> Outcome<()> {
    let mut copy =
        Copy::into(url, "read_cursor (tenant_id, thread_id, reader_kind, reader_id, seq, read_at)")?;
    for thread in told(practice) {
        let row = |kind, reader, seq| {
            let row = Row::default().id(tenant(practice.number)).id(thread.id()).number(kind).id(reader);
            row.number(seq).moment(thread.last_ms()).line()
        };
        let read = practice.messages - u64::from(thread.is_unread());
        copy.row(&row(0, thread.staff(), read))?;
        copy.row(&row(1, thread.account(), thread.last_place(true)))?;
    }
    copy.finish()
}

/// Two readings of each thread.
fn audit(url: &str, practice: &Practice) -> Outcome<()> {
    let mut copy = Copy::into(
        url,
        "audit_event (tenant_id, id, at, actor_kind, actor_id, session_id, action, outcome, thread_ids, \
         patient_ids, request_id)",
    )?;
    for thread in told(practice) {
        for time in 0..2 {
            let at = thread.last_ms() + time * HOUR_MS;
            let event = timed(Kind::Audit, practice.number, thread.number << 8 | time, at);
            let row = Row::default()
                .id(tenant(practice.number))
                .id(event)
                .moment(at)
                .number(0)
                .id(thread.staff())
                .id(id(Kind::StaffSession, practice.number, thread.number % STAFF))
                .word("thread.read")
                .number(0)
                .word(&format!("{{{}}}", thread.id()))
                .word(&format!("{{{}}}", thread.patient()))
                .id(event);
            copy.row(&row.line())?;
        }
    }
    copy.finish()
}
