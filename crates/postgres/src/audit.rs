//! The audit row: what was done, by whom, to which threads, patients and files.
//!
//! It travels with the commit in one round trip. Every value is formatted from a parsed type or is a constant of this
//! build, so that nothing of a request can become part of the statement.

use crate::closing::{or_null, quoted, time};
use std::fmt::Write;
use threadwell_application::access::{Access, Credential, Omission, Subject};
use threadwell_application::{Error, SessionRefusal};
use threadwell_domain::thread::ThreadRefusal;
use threadwell_domain::{AttachmentId, Moment, PatientId, SessionId, TenantId, ThreadId};
use uuid::Uuid;

/// What a transaction showed or changed, collected by its repositories.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trail {
    threads: Vec<ThreadId>,
    patients: Vec<PatientId>,
    attachments: Vec<AttachmentId>,
    subjects: Vec<Subject>,
    session: Option<SessionId>,
    omission: Option<Omission>,
    is_replay: bool,
    is_emergency: bool,
    unreadable: Vec<ThreadId>,
    missing: Vec<ThreadId>,
}

impl Trail {
    /// What is known before the work begins.
    pub(crate) fn naming(access: &Access<'_>) -> Self {
        let mut trail = Self::default();
        access.about.iter().for_each(|subject| trail.subject(*subject));
        trail
    }

    /// What stays true when the work is rolled back: the thread that was asked for, and whom it was about.
    pub(crate) fn rolled_back(self, access: &Access<'_>) -> Self {
        let mut trail = Self::naming(access);
        trail.is_emergency = self.is_emergency;
        access.thread.into_iter().for_each(|thread| trail.thread(thread));
        self.subjects.into_iter().for_each(|subject| trail.subject(subject));
        trail
    }

    /// Says whether the actor is at work under emergency access.
    pub(crate) const fn emergency(&mut self, is_emergency: bool) {
        self.is_emergency = is_emergency;
    }

    /// Whether the actor is at work under emergency access.
    pub(crate) const fn is_emergency(&self) -> bool {
        self.is_emergency
    }

    /// A thread was shown or changed.
    pub(crate) fn thread(&mut self, id: ThreadId) {
        if !self.threads.contains(&id) {
            self.threads.push(id);
        }
    }

    /// A patient was shown, or a thread of the patient.
    pub(crate) fn patient(&mut self, id: PatientId) {
        if !self.patients.contains(&id) {
            self.patients.push(id);
        }
    }

    /// A file was shown or changed.
    pub(crate) fn attachment(&mut self, id: AttachmentId) {
        if !self.attachments.contains(&id) {
            self.attachments.push(id);
        }
    }

    /// Somebody or something that the act was about.
    pub(crate) fn subject(&mut self, subject: impl Into<Subject>) {
        let subject = subject.into();
        match subject {
            Subject::Patient(id) => self.patient(id),
            Subject::Attachment(id) => self.attachment(id),
            _ => (),
        }
        if !self.subjects.contains(&subject) {
            self.subjects.push(subject);
        }
    }

    /// The subjects that have no column of their own.
    fn without_columns(&self) -> Vec<Subject> {
        let has_column = |subject: &Subject| matches!(subject, Subject::Patient(_) | Subject::Attachment(_));
        self.subjects.iter().filter(|subject| !has_column(subject)).copied().collect()
    }

    /// A visitor opened, used or ended this session.
    pub(crate) const fn session(&mut self, id: SessionId) {
        self.session = Some(id);
    }

    /// The act was done but for this.
    pub(crate) const fn leave_out(&mut self, omission: Omission) {
        self.omission = Some(omission);
    }

    /// The first answer is given again: its effect was recorded when it happened.
    pub(crate) const fn replay(&mut self) {
        self.is_replay = true;
    }

    /// One of several threads that were asked for does not exist for the actor.
    pub(crate) fn missing(&mut self, id: ThreadId) {
        self.missing.push(id);
    }

    /// The threads that were asked for in vain while others were found.
    pub(crate) fn missed(&self) -> &[ThreadId] {
        &self.missing
    }

    /// A sealed text of a thread did not open: it was altered, moved or sealed with another key.
    pub(crate) fn unreadable(&mut self, id: ThreadId) {
        self.unreadable.push(id);
    }

    /// The threads of the texts that did not open, one entry for each text.
    pub(crate) fn unreadables(&self) -> &[ThreadId] {
        &self.unreadable
    }

    /// Whether the transaction only repeated an answer.
    pub(crate) const fn is_replay(&self) -> bool {
        self.is_replay
    }
}

/// How an act ended.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    Done,
    Denied(&'static str),
    Failed(&'static str),
}

impl Outcome {
    /// How a refused or failed act is recorded.
    pub(crate) const fn of(error: &Error) -> Self {
        let reason = reason(error);
        if error.is_denial() { Self::Denied(reason) } else { Self::Failed(reason) }
    }

    const fn code(self) -> i16 {
        match self {
            Self::Done => 0,
            Self::Denied(_) => 1,
            Self::Failed(_) => 2,
        }
    }
}

/// The statement that records an act.
pub(crate) fn insert_sql(
    access: &Access<'_>,
    tenant: TenantId,
    trail: &Trail,
    outcome: Outcome,
    id: Uuid,
    at: Moment,
) -> String {
    event_sql(access, access.action.label(), tenant, trail, (outcome, id, at))
}

/// The statement that records the threads that an act on several did not find.
pub(crate) fn missed_sql(
    access: &Access<'_>,
    tenant: TenantId,
    acted: &Trail,
    id: Uuid,
    at: Moment,
) -> String {
    let trail =
        Trail { threads: acted.missing.clone(), is_emergency: acted.is_emergency, ..Trail::default() };
    event_sql(access, access.action.label(), tenant, &trail, (Outcome::Denied("not_found"), id, at))
}

/// The statement that records that somebody met a text that does not open.
pub(crate) fn integrity_sql(
    access: &Access<'_>,
    tenant: TenantId,
    (thread, is_emergency): (ThreadId, bool),
    id: Uuid,
    at: Moment,
) -> String {
    let mut trail = Trail { is_emergency, ..Trail::default() };
    trail.thread(thread);
    let outcome = Outcome::Failed("unreadable");
    event_sql(access, "crypto.integrity_failure", tenant, &trail, (outcome, id, at))
}

fn event_sql(
    access: &Access<'_>,
    label: &'static str,
    tenant: TenantId,
    trail: &Trail,
    (outcome, id, at): (Outcome, Uuid, Moment),
) -> String {
    let (kind, actor, session) = actor(&access.caller.credential);
    let session = session.or(trail.session);
    let request = &access.caller.request;
    let reason = match outcome {
        Outcome::Done => trail.omission.map(|Omission::ThrottledMail| "mail_throttled"),
        Outcome::Denied(reason) | Outcome::Failed(reason) => Some(reason),
    };
    let ids = trail.threads.len() + trail.patients.len() + trail.attachments.len() + 2 * trail.subjects.len();
    let mut sql = String::with_capacity(320 + 37 * ids);
    // Writing into a String cannot fail.
    let _ = write!(
        sql,
        "EXECUTE add_audit_event ('{tenant}', '{id}', {}, {kind}, {}, {}, '{label}', {}, {}, '{{{}}}', '{{{}}}', \
         '{{{}}}', {}, '{}', {}, '{{{}}}')",
        time(at),
        quoted_or_null(actor),
        quoted_or_null(session),
        outcome.code(),
        quoted_or_null(reason),
        list(&trail.threads),
        list(&trail.patients),
        list(&trail.attachments),
        quoted_or_null(request.ip),
        request.request_id,
        trail.is_emergency,
        list(&trail.without_columns()),
    );
    sql
}

fn actor(credential: &Credential) -> (i16, Option<Uuid>, Option<SessionId>) {
    match credential {
        Credential::Staff(claims) => (0, Some(claims.staff.uuid()), Some(claims.session)),
        Credential::Portal(claims) => (1, Some(claims.account.uuid()), Some(claims.session)),
        Credential::Visitor { .. } => (2, None, None),
        Credential::Worker(_) => (3, None, None),
        Credential::Operator(_) => (4, None, None),
    }
}

fn quoted_or_null(value: Option<impl std::fmt::Display>) -> String {
    or_null(value.map(|value| quoted(&value)))
}

fn list(ids: &[impl ToString]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// The code of a denial or failure; codes never change meaning.
const fn reason(error: &Error) -> &'static str {
    match error {
        Error::NotFound => "not_found",
        Error::Denied => "forbidden",
        Error::TenantMismatch => "tenant_mismatch",
        Error::Session(SessionRefusal::Invalid) => "invalid_session",
        Error::Session(SessionRefusal::Expired) => "session_expired",
        Error::Session(SessionRefusal::SecondFactorRequired) => "mfa_required",
        Error::StepUpRequired => "step_up_required",
        Error::InvalidCode => "invalid_code",
        Error::InvalidLink => "invalid_link",
        Error::LastFactor => "last_factor",
        Error::PasswordTooShort => "password_too_short",
        Error::LastAdmin => "last_admin",
        Error::AddressNotAllowed => "address_not_allowed",
        Error::InvalidCredentials => "invalid_credentials",
        Error::TenantRequired => "tenant_required",
        Error::RefreshReused => "refresh_reused",
        Error::RateLimited { .. } => "rate_limited",
        Error::ActingForRequired => "acting_for_required",
        Error::VersionMismatch { .. } => "version_mismatch",
        Error::StaleReply { .. } => "stale_reply",
        Error::Refused(ThreadRefusal::MovedOn) => "version_mismatch",
        Error::Refused(_) => "illegal_transition",
        Error::Invalid(_) => "validation_failed",
        Error::PatientNotFound => "patient_not_found",
        Error::AssigneeNotFound => "assignee_not_found",
        Error::AttachmentNotFound => "attachment_not_found",
        Error::TooManyFiles => "too_many_files",
        Error::QuotaExceeded => "quota_exceeded",
        Error::LimitReached => "limit_reached",
        Error::TeamInUse => "team_in_use",
        Error::FileNotReady => "not_ready",
        Error::FileSent => "file_sent",
        Error::UnfilledPlaceholder(_) => "unfilled_placeholder",
        Error::IdempotencyKeyReused => "idempotency_key_reused",
        Error::IdempotencyInProgress => "idempotency_in_progress",
        Error::InvalidCursor => "invalid_cursor",
        Error::Unavailable(_) => "unavailable",
    }
}
