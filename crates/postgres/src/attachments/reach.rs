//! Whose files they are: what the conditions of every query say.

use super::rows::Row;
use crate::errors::unavailable;
use crate::sql::Statement;
use crate::threads::codes;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use threadwell_application::access::Actor;
use threadwell_application::{Error, Result};
use threadwell_domain::{AttachmentId, PatientId, ThreadId};
use uuid::Uuid;

/// Who uploads, and for which patient.
pub(crate) struct Uploader {
    pub(crate) staff: Option<Uuid>,
    pub(crate) account: Option<Uuid>,
    pub(crate) patient: Option<Uuid>,
}

impl PgTransaction<'_> {
    /// The actor as an uploader.
    pub(crate) fn uploader(&self) -> Result<Uploader> {
        match &self.actor {
            Actor::Staff(staff) => {
                Ok(Uploader { staff: Some(staff.id().uuid()), account: None, patient: None })
            }
            Actor::Portal(account) => Ok(Uploader {
                staff: None,
                account: Some(account.account().uuid()),
                patient: Some(account.patient().map(PatientId::uuid).ok_or(Error::ActingForRequired)?),
            }),
            Actor::Visitor | Actor::Worker | Actor::Operator => Err(Error::Denied),
        }
    }

    /// Notes' files do not exist for a portal account.
    pub(super) fn without_notes<Row>(&self, query: Statement<Row>) -> Statement<Row> {
        if self.is_kept_from_notes() { query.sql(" AND NOT a.is_internal") } else { query }
    }

    /// Uploads of the actor that no message has.
    pub(super) fn own_unsent<Row>(&self, query: Statement<Row>) -> Result<Statement<Row>> {
        let uploader = self.uploader()?;
        let query = query.sql("(a.thread_id IS NULL AND ");
        Ok(match (uploader.account, uploader.patient) {
            (Some(account), Some(patient)) => {
                query.sql("a.account_id = ").uuid(account).sql(" AND a.patient_id = ").uuid(patient)
            }
            _ => query.sql("a.staff_id = ").uuid(uploader.staff.unwrap_or_default()),
        }
        .sql(")"))
    }

    /// Files whose thread `t` exists for the actor.
    pub(super) fn of_visible_thread<Row>(&self, query: Statement<Row>) -> Statement<Row> {
        match self.patient_scope() {
            None => query.sql("t.category = ANY (").codes(codes(self.visible_categories())).sql(")"),
            Some((patient, sees_confidential)) => {
                let query = query.sql("t.patient_id = ").uuid(patient.uuid()).sql(" AND NOT a.is_internal");
                if sees_confidential { query } else { query.sql(" AND NOT t.is_confidential") }
            }
        }
    }

    /// Whose thread it is, if it exists for the actor.
    pub(super) fn visible_thread(&mut self, id: ThreadId) -> Result<Option<PatientId>> {
        let query = Statement::<(SqlUuid,)>::new("SELECT t.patient_id FROM thread t WHERE t.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND t.id = ")
            .uuid(id.uuid())
            .sql(" AND ");
        let query = match self.patient_scope() {
            None => query.sql("t.category = ANY (").codes(codes(self.visible_categories())).sql(")"),
            Some((patient, sees_confidential)) => {
                let query = query.sql("t.patient_id = ").uuid(patient.uuid());
                if sees_confidential { query } else { query.sql(" AND NOT t.is_confidential") }
            }
        };
        let found: Option<(Uuid,)> = query.get_result(self.conn).optional().map_err(unavailable)?;
        let patient = found.map(|(patient,)| PatientId::new(patient));
        if let Some(patient) = patient {
            self.thread_was_touched(id, patient);
        }
        Ok(patient)
    }

    /// Notes for the audit what is handed out.
    pub(super) fn note_shown(&mut self, row: &Row) {
        self.trail.attachment(AttachmentId::new(row.id));
        match (row.thread_id, row.patient_id) {
            (Some(thread), Some(patient)) => {
                self.thread_was_touched(ThreadId::new(thread), PatientId::new(patient));
            }
            (_, Some(patient)) => self.trail.patient(PatientId::new(patient)),
            (_, None) => {}
        }
    }
}
