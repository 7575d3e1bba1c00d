//! Candidates as they are loaded, opened and looked at.

use super::matching::{Surroundings, hits, places_in};
use super::narrowing::Narrowing;
use super::snippets::{snippet, whole};
use super::terms::AskedTerm;
use crate::errors::{corrupt, unavailable};
use crate::keys::TenantKeys;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Bytea, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use std::ops::Range;
use threadwell_application::Result;
use threadwell_application::access::Actor;
use threadwell_application::ports::{FoundMessage, Readable};
use threadwell_domain::message::{SYSTEM_SENDER_NAME, SenderKind};
use threadwell_domain::{MessageId, Moment, Phi, ThreadId};
use uuid::Uuid;

type Columns = (
    (SqlUuid, SqlUuid, SqlUuid, SmallInt, Nullable<SqlUuid>, Nullable<SqlUuid>),
    (Bytea, Bool, Timestamptz, SmallInt, Nullable<Text>, Bytea),
    (Bytea, Nullable<Bytea>, Nullable<Bytea>, Nullable<Bytea>, Nullable<Bytea>),
);

const MESSAGE: &str = "SELECT m.id, m.thread_id, m.patient_id, m.sender_kind, m.staff_id, m.account_id, m.body_enc, \
    m.is_internal, m.sent_at, m.attachment_count, u.full_name, t.subject_enc, p.name_enc, ";
/// The portal's role reads no more of a patient than the name.
const FOR_STAFF: &str = "p.mrn_enc, p.email_enc, p.phone_enc, p.birth_date_enc";
const FOR_PORTAL: &str = "NULL::bytea, NULL::bytea, NULL::bytea, NULL::bytea";

#[derive(Queryable)]
pub(super) struct Message {
    id: Uuid,
    thread: Uuid,
    patient: Uuid,
    sender_kind: i16,
    staff: Option<Uuid>,
    account: Option<Uuid>,
}

#[derive(Queryable)]
pub(super) struct Facts {
    body_enc: Vec<u8>,
    is_internal: bool,
    sent_at: Moment,
    attachment_count: i16,
    staff_name: Option<String>,
    subject_enc: Vec<u8>,
}

#[derive(Queryable)]
pub(super) struct Patient {
    name_enc: Vec<u8>,
    mrn_enc: Option<Vec<u8>>,
    email_enc: Option<Vec<u8>>,
    phone_enc: Option<Vec<u8>>,
    birth_date_enc: Option<Vec<u8>>,
}

/// A candidate as stored.
#[derive(Queryable)]
pub(super) struct CandidateRow {
    message: Message,
    facts: Facts,
    patient: Patient,
}

impl PgTransaction<'_> {
    /// Those of the candidates that the actor may see and that pass the filters, newest first.
    pub(super) fn load_rows(&mut self, ids: &[Uuid], narrowing: &Narrowing) -> Result<Vec<CandidateRow>> {
        let tenant = self.tenant_id();
        let is_portal = self.is_kept_from_notes();
        let visible = self.visible_categories();
        let query = Statement::<Columns>::new(MESSAGE)
            .sql(if is_portal { FOR_PORTAL } else { FOR_STAFF })
            .sql(" FROM message m JOIN thread t ON t.tenant_id = ")
            .uuid(tenant)
            .sql(" AND t.id = m.thread_id JOIN patient p ON p.tenant_id = ")
            .uuid(tenant)
            .sql(" AND p.id = m.patient_id LEFT JOIN staff_user u ON u.tenant_id = ")
            .uuid(tenant)
            .sql(" AND u.id = m.staff_id WHERE m.tenant_id = ")
            .uuid(tenant)
            .sql(" AND m.id = ANY (")
            .uuids(ids.to_vec())
            .sql(if is_portal { ") AND NOT m.is_internal" } else { ")" });
        narrowing.conditions(query, visible).sql(" ORDER BY m.id DESC").load(self.conn).map_err(unavailable)
    }

    /// Opens a candidate and looks at it in clear.
    pub(super) fn look_at(
        &mut self,
        row: CandidateRow,
        terms: &[AskedTerm],
        narrowing: &Narrowing,
    ) -> Result<Option<(Uuid, FoundMessage)>> {
        let keys = self.keys()?;
        let opened = row.open(&keys);
        if !(opened.body.is_intact() && opened.subject.is_intact()) {
            self.trail.unreadable(ThreadId::new(row.message.thread));
        }
        if !narrowing.is_by(row.kind()?, row.message.patient, row.message.staff, &opened.name) {
            return Ok(None);
        }
        let Some(places) = opened.hits(terms, narrowing.is_of_messages()) else { return Ok(None) };
        let thread = row.message.thread;
        let is_own = match &self.actor {
            Actor::Staff(me) => row.message.staff == Some(me.id().uuid()),
            Actor::Portal(me) => row.message.account == Some(me.account().uuid()),
            Actor::Visitor | Actor::Worker | Actor::Operator => false,
        };
        Ok(Some((thread, row.found(&opened, &places, terms, is_own)?)))
    }
}

/// A candidate in clear.
struct Opened {
    body: Readable,
    subject: Readable,
    name: Readable,
    mrn: Option<Readable>,
    email: Option<Readable>,
    phone: Option<Readable>,
    birth_date: Option<Readable>,
}

impl Opened {
    /// Where the hits are; an unreadable text is found by nothing.
    fn hits(&self, terms: &[AskedTerm], is_around_enough: bool) -> Option<Vec<Range<usize>>> {
        let around = Surroundings {
            subject: text(&self.subject),
            name: text(&self.name),
            mrn: self.mrn.as_ref().map_or("", text),
            email: self.email.as_ref().map(text),
            phone: self.phone.as_ref().map(text),
            birth_date: self.birth_date.as_ref().map(text),
        };
        hits(terms, self.body.text()?.expose(), &around, is_around_enough)
    }
}

fn text(readable: &Readable) -> &str {
    readable.text().map_or("", Phi::expose)
}

impl CandidateRow {
    /// Which message.
    pub(super) const fn id(&self) -> Uuid {
        self.message.id
    }

    fn kind(&self) -> Result<SenderKind> {
        let kind = SenderKind::from_code(self.message.sender_kind);
        kind.ok_or_else(|| corrupt("message", "sender_kind", self.message.id))
    }

    fn open(&self, keys: &TenantKeys) -> Opened {
        let (message, patient) = (&self.message, &self.patient);
        let column = TenantKeys::body_column(message.thread, message.patient, self.facts.is_internal);
        let of_patient = |column: &str, sealed: &Option<Vec<u8>>| {
            sealed.as_ref().map(|sealed| keys.open("patient", column, message.patient, sealed))
        };
        let name = keys.open("patient", "name_enc", message.patient, &patient.name_enc);
        Opened {
            body: keys.open("message", &column, message.id, &self.facts.body_enc),
            subject: keys.open("thread", "subject_enc", message.thread, &self.facts.subject_enc),
            name,
            mrn: of_patient("mrn_enc", &patient.mrn_enc),
            email: of_patient("email_enc", &patient.email_enc),
            phone: of_patient("phone_enc", &patient.phone_enc),
            birth_date: of_patient("birth_date_enc", &patient.birth_date_enc),
        }
    }

    fn found(
        self,
        opened: &Opened,
        places: &[Range<usize>],
        terms: &[AskedTerm],
        is_own: bool,
    ) -> Result<FoundMessage> {
        let kind = self.kind()?;
        let sender_name = match kind {
            SenderKind::Patient => opened.name.clone(),
            SenderKind::Staff => Readable::Intact(Phi::new(self.facts.staff_name.unwrap_or_default())),
            SenderKind::System => Readable::Intact(Phi::new(SYSTEM_SENDER_NAME)),
        };
        let subject = text(&opened.subject);
        Ok(FoundMessage {
            id: MessageId::new(self.message.id),
            sender_kind: kind,
            sender_name,
            sent_at: self.facts.sent_at,
            is_internal: self.facts.is_internal,
            is_own,
            has_attachments: self.facts.attachment_count > 0,
            snippet: snippet(text(&opened.body), places),
            subject: whole(subject, &places_in(terms, subject)),
        })
    }
}
