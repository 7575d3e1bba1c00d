//! What the portal sees of threads. The policies hold its role to the patient; the queries say so once more.

use crate::errors::unavailable;
use crate::inbox::capped;
use crate::keys::TenantKeys;
use crate::search::{Words, is_match};
use crate::sql::{Statement, at_least};
use crate::thread_row::{THREAD_COLUMNS, ThreadColumns, ThreadRow};
use crate::threads::codes;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bytea, Integer, Nullable, Uuid as SqlUuid};
use std::collections::{HashMap, HashSet};
use threadwell_application::ports::{CappedCount, Keyset, PortalInbox, PortalQuery, PortalThreadView};
use threadwell_application::{Error, Result};
use threadwell_domain::{MessageId, PatientId, ThreadId};
use uuid::Uuid;

type PortalColumns = (ThreadColumns, Bytea, Bytea, Bytea, Integer, Nullable<SqlUuid>);

#[derive(Queryable)]
struct PortalRow {
    thread: ThreadRow,
    subject_enc: Vec<u8>,
    preview_enc: Vec<u8>,
    patient_name_enc: Vec<u8>,
    unread_count: i32,
    last_read: Option<Uuid>,
}

/// What rows are for: only an opened thread says which message was read last, and finding that costs a look-up a row.
#[derive(Clone, Copy)]
enum Reading {
    List,
    Thread,
}

impl PortalInbox for PgTransaction<'_> {
    fn page(&mut self, query: &PortalQuery) -> Result<(Vec<PortalThreadView>, bool)> {
        let wanted = usize::try_from(query.limit).unwrap_or(0);
        let fetched = at_least(query.limit + 1);
        let words = query.search.as_deref().map(Words::of);
        let by_text = match query.search.as_deref() {
            Some(text) => self.own_threads_by_texts(text)?,
            None => HashSet::new(),
        };
        let mut asked = query.clone();
        let mut found: Vec<PortalThreadView> = Vec::with_capacity(wanted + 1);
        loop {
            // The portal's role has no tokens of subjects to look up: a patient's threads are few enough to be read.
            let views = self.portal_page(&asked, fetched)?;
            let is_last = views.len() < usize::try_from(fetched).unwrap_or(usize::MAX);
            asked.after =
                views.last().map(|view| Keyset { at: view.facts.last_message.at, id: view.facts.id });
            let is_meant = |view: &PortalThreadView| {
                words.as_ref().is_none_or(|words| {
                    by_text.contains(&view.facts.id.uuid()) || is_match(words, &[&view.subject])
                })
            };
            found.extend(views.into_iter().filter(is_meant));
            if is_last || found.len() > wanted {
                break;
            }
        }
        let has_more = found.len() > wanted;
        found.truncate(wanted);
        for view in &found {
            self.trail.thread(view.facts.id);
            self.trail.patient(view.facts.patient);
        }
        Ok((found, has_more))
    }

    fn detail(&mut self, id: ThreadId) -> Result<Option<PortalThreadView>> {
        let account = self.portal_account()?;
        let query = self.portal_threads(account, Reading::Thread)?.sql(" AND t.id = ").uuid(id.uuid());
        let found = self.load_portal(query, 1)?.pop();
        if let Some(view) = &found {
            self.thread_was_touched(id, view.facts.patient);
        }
        Ok(found)
    }

    fn count_unread(&mut self) -> Result<CappedCount> {
        let (account, tenant) = (self.portal_account()?, self.tenant_id());
        let (patient, sees_confidential) = self.held_to()?;
        let query = Statement::<(BigInt,)>::new("SELECT count(*) FROM (SELECT FROM thread t WHERE ");
        let query = held(query, tenant, patient, sees_confidential)
            .sql(" AND t.archived_at IS NULL AND t.status <> 4 AND t.last_staff_seq > ");
        let (count,): (i64,) =
            cursor(query, tenant, account).sql(" LIMIT 100) n").get_result(self.conn).map_err(unavailable)?;
        Ok(capped(count))
    }
}

impl PgTransaction<'_> {
    /// The patient's threads by their ids.
    pub(crate) fn own_threads_by_id(&mut self, ids: Vec<Uuid>) -> Result<HashMap<Uuid, PortalThreadView>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let account = self.portal_account()?;
        let rows = at_least(i64::try_from(ids.len()).unwrap_or(i64::MAX));
        let query = self.portal_threads(account, Reading::List)?.sql(" AND t.id = ANY (").uuids(ids).sql(")");
        let views = self.load_portal(query, rows)?;
        Ok(views.into_iter().map(|view| (view.facts.id.uuid(), view)).collect())
    }

    fn portal_page(&mut self, asked: &PortalQuery, rows: i64) -> Result<Vec<PortalThreadView>> {
        let account = self.portal_account()?;
        let mut query = self.portal_threads(account, Reading::List)?.sql(" AND t.archived_at IS NULL");
        if let Some(categories) = asked.categories {
            query = query.sql(" AND t.category = ANY (").codes(codes(categories)).sql(")");
        }
        if !asked.statuses.is_empty() {
            let statuses = asked.statuses.iter().map(|status| status.code()).collect();
            query = query.sql(" AND t.status = ANY (").codes(statuses).sql(")");
        }
        if asked.unread_only {
            query = cursor(query.sql(" AND t.last_staff_seq > "), self.tenant_id(), account);
        }
        if let Some(Keyset { at, id }) = asked.after {
            query =
                query.sql(" AND (t.last_message_at, t.id) < (").moment(at).sql(", ").uuid(id.uuid()).sql(")");
        }
        self.load_portal(query, rows)
    }

    /// The patient's threads, up to the inner query's last condition.
    fn portal_threads(&self, account: Uuid, reading: Reading) -> Result<Statement<PortalColumns>> {
        let (tenant, (patient, sees_confidential)) = (self.tenant_id(), self.held_to()?);
        let query = Statement::new("SELECT ")
            .sql(THREAD_COLUMNS)
            .sql(
                ", t.subject_enc, t.preview_enc, p.name_enc, CASE WHEN t.last_staff_seq > t.own_seq THEN \
                 (SELECT count(*)::integer FROM (SELECT FROM message m WHERE m.tenant_id = ",
            )
            .uuid(tenant)
            .sql(
                " AND m.thread_id = t.id AND m.seq > t.own_seq AND m.sender_kind = 1 AND NOT m.is_internal \
                 LIMIT 100) n) ELSE 0 END, ",
            );
        let query = match reading {
            Reading::List => query.sql("NULL::uuid"),
            Reading::Thread => query.sql("(SELECT m.id FROM message m WHERE m.tenant_id = ").uuid(tenant).sql(
                " AND m.thread_id = t.id AND m.seq <= t.own_seq AND NOT m.is_internal ORDER BY m.seq DESC LIMIT 1)",
            ),
        };
        let query =
            cursor(query.sql(" FROM (SELECT t.*, "), tenant, account).sql(" AS own_seq FROM thread t WHERE ");
        Ok(held(query, tenant, patient, sees_confidential))
    }

    fn load_portal(&mut self, query: Statement<PortalColumns>, rows: i64) -> Result<Vec<PortalThreadView>> {
        let keys = self.keys()?;
        let rows: Vec<PortalRow> = query
            .sql(" ORDER BY t.last_message_at DESC, t.id DESC LIMIT ")
            .number(rows)
            .sql(") t JOIN patient p ON p.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND p.id = t.patient_id ORDER BY t.last_message_at DESC, t.id DESC")
            .load(self.conn)
            .map_err(unavailable)?;
        let mut views: Vec<PortalThreadView> =
            rows.into_iter().map(|row| row.view(&keys)).collect::<Result<_>>()?;
        self.forget_unseen_origins(views.iter_mut().map(|view| &mut view.facts))?;
        let broken = views.iter().filter(|view| !(view.subject.is_intact() && view.preview.is_intact()));
        broken.for_each(|view| self.trail.unreadable(view.facts.id));
        Ok(views)
    }

    fn portal_account(&self) -> Result<Uuid> {
        match &self.actor {
            threadwell_application::access::Actor::Portal(account) => Ok(account.account().uuid()),
            _ => Err(Error::Denied),
        }
    }

    fn held_to(&self) -> Result<(PatientId, bool)> {
        self.patient_scope().ok_or(Error::Denied)
    }
}

/// Holds a query to the patient's threads, and proxies to those that are not confidential.
fn held<Row>(
    query: Statement<Row>,
    tenant: Uuid,
    patient: PatientId,
    sees_confidential: bool,
) -> Statement<Row> {
    let query = query.sql("t.tenant_id = ").uuid(tenant).sql(" AND t.patient_id = ").uuid(patient.uuid());
    if sees_confidential { query } else { query.sql(" AND NOT t.is_confidential") }
}

/// How far the account has read the thread `t`.
fn cursor<Row>(query: Statement<Row>, tenant: Uuid, account: Uuid) -> Statement<Row> {
    query
        .sql("COALESCE((SELECT c.seq FROM read_cursor c WHERE c.tenant_id = ")
        .uuid(tenant)
        .sql(" AND c.thread_id = t.id AND c.reader_kind = 1 AND c.reader_id = ")
        .uuid(account)
        .sql("), 0)")
}

impl PortalRow {
    fn view(self, keys: &TenantKeys) -> Result<PortalThreadView> {
        let (id, patient) = (self.thread.id, self.thread.patient_id);
        Ok(PortalThreadView {
            facts: self.thread.facts()?,
            subject: keys.open("thread", "subject_enc", id, &self.subject_enc),
            preview: keys.open("thread", "preview_enc", id, &self.preview_enc),
            patient_name: keys.open("patient", "name_enc", patient, &self.patient_name_enc),
            unread_count: self.unread_count,
            own_last_read: self.last_read.map(MessageId::new),
        })
    }
}
