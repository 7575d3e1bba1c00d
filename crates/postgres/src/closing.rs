//! What a transaction writes last: in one round trip with its commit.
//!
//! These statements give no answer that anybody waits for, so they are collected and sent with the `COMMIT`. Every
//! connection prepares them when it is made: an `EXECUTE` costs the database neither analysis nor planning. Its values
//! are formatted from parsed types or are constants of this build; no text of a request gets here.

use chrono::SecondsFormat;
use std::fmt::{Display, Write};
use threadwell_domain::{MessageId, Moment, SessionId, TenantId, ThreadId};
use uuid::Uuid;

/// Prepares the statements on a new connection. A database without its schema has none of the tables yet: the guard
/// and the readiness check say so in better words.
///
/// The gate of the outbox is explained in `outbox.rs`.
pub(crate) const PREPARE: &str = "DO $prepare$ BEGIN
    IF to_regclass('public.audit_event') IS NULL OR to_regclass('public.message_search') IS NULL
        OR to_regclass('public.change') IS NULL OR to_regclass('public.draft') IS NULL
        OR NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.audit_event') AND attname = 'subjects')
        THEN RETURN; END IF;
    EXECUTE 'PREPARE add_audit_event (uuid, uuid, timestamptz, smallint, uuid, uuid, text, smallint, text, uuid[],
        uuid[], uuid[], inet, uuid, boolean, text[]) AS INSERT INTO audit_event (tenant_id, id, at, actor_kind, actor_id,
        session_id, action, outcome, reason, thread_ids, patient_ids, attachment_ids, ip, request_id, is_emergency,
        subjects) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)';
    EXECUTE 'PREPARE touch_session (uuid, uuid, timestamptz) AS UPDATE session SET last_activity_at = $3
        WHERE tenant_id = $1 AND id = $2 AND last_activity_at < $3';
    EXECUTE 'PREPARE advance_cursor (uuid, uuid, smallint, uuid, integer, timestamptz) AS INSERT INTO read_cursor
        (tenant_id, thread_id, reader_kind, reader_id, seq, read_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (tenant_id, thread_id, reader_kind, reader_id) DO UPDATE SET
        seq = greatest(read_cursor.seq, excluded.seq),
        read_at = CASE WHEN excluded.seq > read_cursor.seq THEN excluded.read_at ELSE read_cursor.read_at END,
        is_marked_unread = false';
    EXECUTE 'PREPARE clear_draft (uuid, smallint, uuid, uuid, smallint, timestamptz) AS UPDATE draft
        SET text_enc = '''', subject_enc = NULL, category = NULL, is_confidential = false, is_cleared = true,
        updated_at = $6 WHERE tenant_id = $1 AND owner_kind = $2 AND owner_id = $3 AND about_id = $4 AND kind = $5
        AND NOT is_cleared';
    EXECUTE 'PREPARE add_job (bigint, uuid, uuid, smallint, smallint, smallint, uuid, uuid, timestamptz) AS
        WITH gate AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared($1))
        INSERT INTO outbox (tenant_id, id, kind, audience, recipient_kind, recipient_id, thread_id, created_at, due_at)
        SELECT $2, $3, $4, $5, $6, $7, $8, $9, $9 FROM gate';
    EXECUTE 'PREPARE add_change (uuid, uuid, timestamptz, smallint, smallint, uuid, uuid, uuid, uuid, uuid, uuid, smallint,
        uuid, smallint, smallint, boolean, boolean) AS INSERT INTO change (tenant_id, id, at, kind, audience, thread_id, patient_id,
        message_id, notification_id, session_id, staff_id, actor_kind, actor_id, category, categories, is_confidential,
        is_withdrawn) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)';
    EXECUTE 'PREPARE add_index_job (bigint, uuid, uuid, uuid, uuid, timestamptz) AS
        WITH gate AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared($1))
        INSERT INTO outbox (tenant_id, id, kind, thread_id, message_id, created_at, due_at)
        SELECT $2, $3, 2, $4, $5, $6, $6 FROM gate';
    EXECUTE 'PREPARE wake_worker (uuid, smallint, timestamptz) AS UPDATE work_due SET due_at = $3
        WHERE tenant_id = $1 AND kind = $2 AND due_at > $3';
END $prepare$";

/// The statements that go with the commit, in the order in which they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Closing {
    sql: String,
    has_changes: bool,
}

/// A job to be added to the outbox, as its row names things.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewJob {
    pub(crate) gate: i64,
    pub(crate) id: Uuid,
    pub(crate) kind: i16,
    pub(crate) audience: Option<i16>,
    pub(crate) recipient: Option<(i16, Uuid)>,
    pub(crate) thread: ThreadId,
}

/// A change to be told, as its row names things.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NewChange {
    pub(crate) id: Uuid,
    pub(crate) kind: i16,
    pub(crate) audience: i16,
    pub(crate) thread: Option<Uuid>,
    pub(crate) patient: Option<Uuid>,
    pub(crate) message: Option<Uuid>,
    pub(crate) notification: Option<Uuid>,
    pub(crate) session: Option<Uuid>,
    pub(crate) staff: Option<Uuid>,
    pub(crate) actor: Option<(i16, Uuid)>,
    pub(crate) category: Option<i16>,
    pub(crate) categories: i16,
    pub(crate) is_confidential: bool,
    pub(crate) is_withdrawn: bool,
}

impl Closing {
    /// Adds a statement that was put together elsewhere, with nothing but parsed values in it.
    pub(crate) fn push(&mut self, statement: &str) {
        self.sql.push_str(statement);
        self.sql.push_str("; ");
    }

    /// Notes that a person was at work in a session.
    pub(crate) fn touch_session(&mut self, tenant: TenantId, session: SessionId, at: Moment) {
        self.execute("touch_session", &[&quoted(&tenant), &quoted(&session), &time(at)]);
    }

    /// Moves a reader's cursor forward, never back, and takes a mark of unread away.
    pub(crate) fn advance_cursor(
        &mut self,
        tenant: TenantId,
        thread: ThreadId,
        (kind, reader): (i16, Uuid),
        (seq, at): (i32, Moment),
    ) {
        let thread = quoted(&thread);
        self.execute(
            "advance_cursor",
            &[&quoted(&tenant), &thread, &kind, &quoted(&reader), &seq, &time(at)],
        );
    }

    /// Takes the words out of a draft.
    pub(crate) fn clear_draft(
        &mut self,
        tenant: TenantId,
        (owner_kind, owner): (i16, Uuid),
        (about, kind): (Uuid, i16),
        at: Moment,
    ) {
        let (tenant, owner, about) = (quoted(&tenant), quoted(&owner), quoted(&about));
        self.execute("clear_draft", &[&tenant, &owner_kind, &owner, &about, &kind, &time(at)]);
    }

    /// Passes the outbox's gate and adds a job.
    pub(crate) fn add_job(&mut self, tenant: TenantId, job: &NewJob, at: Moment) {
        let (recipient_kind, recipient) = job.recipient.unzip();
        self.execute(
            "add_job",
            &[
                &job.gate,
                &quoted(&tenant),
                &quoted(&job.id),
                &job.kind,
                &or_null(job.audience),
                &or_null(recipient_kind),
                &or_null(recipient.map(|id| quoted(&id))),
                &quoted(&job.thread),
                &time(at),
            ],
        );
    }

    /// Adds a change for those who look on.
    pub(crate) fn add_change(&mut self, tenant: TenantId, change: &NewChange, at: Moment) {
        self.has_changes = true;
        let id = |id: Option<Uuid>| or_null(id.map(|id| quoted(&id)));
        let (actor_kind, actor) = change.actor.unzip();
        self.execute(
            "add_change",
            &[
                &quoted(&tenant),
                &quoted(&change.id),
                &time(at),
                &change.kind,
                &change.audience,
                &id(change.thread),
                &id(change.patient),
                &id(change.message),
                &id(change.notification),
                &id(change.session),
                &id(change.staff),
                &or_null(actor_kind),
                &id(actor),
                &or_null(change.category),
                &change.categories,
                &change.is_confidential,
                &change.is_withdrawn,
            ],
        );
    }

    /// Passes the index's gate and adds a message to be indexed.
    pub(crate) fn add_index_job(
        &mut self,
        tenant: TenantId,
        gate: i64,
        id: Uuid,
        (thread, message): (ThreadId, MessageId),
        at: Moment,
    ) {
        let (tenant, id, thread) = (quoted(&tenant), quoted(&id), quoted(&thread));
        self.execute("add_index_job", &[&gate, &tenant, &id, &thread, &quoted(&message), &time(at)]);
    }

    /// Says that the practice has work of a kind now, unless that is known already.
    pub(crate) fn wake_worker(&mut self, tenant: TenantId, kind: i16, at: Moment) {
        self.execute("wake_worker", &[&quoted(&tenant), &kind, &time(at)]);
    }

    /// Whether those who look on are to be told of something.
    pub(crate) const fn has_changes(&self) -> bool {
        self.has_changes
    }

    /// Everything, and the commit.
    pub(crate) fn and_commit(mut self) -> String {
        self.sql.push_str("COMMIT");
        self.sql
    }

    fn execute(&mut self, name: &'static str, values: &[&dyn Display]) {
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        // Writing into a String cannot fail.
        let _ = write!(self.sql, "EXECUTE {name} ({}); ", values.join(", "));
    }
}

/// A value in quotes. Only for types whose text holds none.
pub(crate) fn quoted(value: &impl Display) -> String {
    format!("'{value}'")
}

/// A time as the database reads it.
pub(crate) fn time(at: Moment) -> String {
    quoted(&at.to_rfc3339_opts(SecondsFormat::Micros, true))
}

/// A value as it is written, or `NULL`.
pub(crate) fn or_null(value: Option<impl Display>) -> String {
    value.map_or_else(|| "NULL".to_owned(), |value| value.to_string())
}
