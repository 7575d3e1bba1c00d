//! Links between threads: one row for both directions.

use crate::errors::{corrupt, unavailable};
use crate::schema::thread_link;
use crate::sql::Statement;
use crate::threads::codes;
use crate::transaction::PgTransaction;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{Bytea, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use threadwell_application::Result;
use threadwell_application::ports::{LinkView, Links};
use threadwell_domain::thread::{Category, Status};
use threadwell_domain::{Moment, PatientId, StaffId, ThreadId};
use uuid::Uuid;

type Columns = (SqlUuid, Bytea, SqlUuid, Bytea, SmallInt, SmallInt, Timestamptz, Text, Timestamptz);
type Row = (Uuid, Vec<u8>, Uuid, Vec<u8>, i16, i16, Moment, String, Moment);

impl Links for PgTransaction<'_> {
    fn exists(&mut self, one: ThreadId, other: ThreadId) -> Result<bool> {
        let (low, high) = ends(one, other);
        let linked = thread_link::table
            .filter(thread_link::tenant_id.eq(self.tenant_id()))
            .filter(thread_link::low_id.eq(low))
            .filter(thread_link::high_id.eq(high))
            .filter(thread_link::parted_at.is_null());
        diesel::select(exists(linked)).get_result(self.conn).map_err(unavailable)
    }

    fn count(&mut self, of: ThreadId) -> Result<usize> {
        let count: i64 = thread_link::table
            .filter(thread_link::tenant_id.eq(self.tenant_id()))
            .filter(thread_link::low_id.eq(of.uuid()).or(thread_link::high_id.eq(of.uuid())))
            .filter(thread_link::parted_at.is_null())
            .count()
            .get_result(self.conn)
            .map_err(unavailable)?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    fn add(&mut self, one: ThreadId, other: ThreadId, by: StaffId) -> Result<()> {
        let ((low, high), by) = (ends(one, other), by.uuid());
        diesel::insert_into(thread_link::table)
            .values((
                thread_link::tenant_id.eq(self.tenant_id()),
                thread_link::low_id.eq(low),
                thread_link::high_id.eq(high),
                thread_link::linked_by.eq(by),
                thread_link::linked_at.eq(self.now),
            ))
            // Threads that were parted are linked anew.
            .on_conflict((thread_link::tenant_id, thread_link::low_id, thread_link::high_id))
            .do_update()
            .set((
                thread_link::linked_by.eq(by),
                thread_link::linked_at.eq(self.now),
                thread_link::parted_at.eq(None::<Moment>),
            ))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn remove(&mut self, one: ThreadId, other: ThreadId) -> Result<bool> {
        let (low, high) = ends(one, other);
        let parted = diesel::update(thread_link::table)
            .filter(thread_link::tenant_id.eq(self.tenant_id()))
            .filter(thread_link::low_id.eq(low))
            .filter(thread_link::high_id.eq(high))
            .filter(thread_link::parted_at.is_null())
            .set(thread_link::parted_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(parted == 1)
    }

    fn of(&mut self, thread: ThreadId) -> Result<Vec<LinkView>> {
        let rows: Vec<Row> = self.links_statement(thread).load(self.conn).map_err(unavailable)?;
        rows.into_iter().map(|row| self.link(row)).collect()
    }
}

/// The two ends in the order of the row.
fn ends(one: ThreadId, other: ThreadId) -> (Uuid, Uuid) {
    let (one, other) = (one.uuid(), other.uuid());
    if one < other { (one, other) } else { (other, one) }
}

impl PgTransaction<'_> {
    fn links_statement(&self, thread: ThreadId) -> Statement<Columns> {
        let (tenant, id) = (self.tenant_id(), thread.uuid());
        let query = Statement::new(
            "SELECT t.id, t.subject_enc, t.patient_id, p.name_enc, t.status, t.category, t.last_message_at, u.full_name, \
             l.linked_at FROM (SELECT high_id AS id, linked_by, linked_at FROM thread_link WHERE tenant_id = ",
        );
        query
            .uuid(tenant)
            .sql(" AND low_id = ")
            .uuid(id)
            .sql(
                " AND parted_at IS NULL UNION ALL SELECT low_id, linked_by, linked_at FROM thread_link \
                 WHERE tenant_id = ",
            )
            .uuid(tenant)
            .sql(" AND high_id = ")
            .uuid(id)
            .sql(" AND parted_at IS NULL) l JOIN thread t ON t.tenant_id = ")
            .uuid(tenant)
            .sql(" AND t.id = l.id AND t.category = ANY (")
            .codes(codes(self.visible_categories()))
            .sql(") JOIN patient p ON p.tenant_id = ")
            .uuid(tenant)
            .sql(" AND p.id = t.patient_id JOIN staff_user u ON u.tenant_id = ")
            .uuid(tenant)
            .sql(" AND u.id = l.linked_by ORDER BY l.linked_at DESC, t.id DESC")
    }

    fn link(
        &mut self,
        (id, subject, patient, name, status, category, last_message_at, linked_by_name, linked_at): Row,
    ) -> Result<LinkView> {
        let keys = self.keys()?;
        self.trail.thread(ThreadId::new(id));
        self.trail.patient(PatientId::new(patient));
        Ok(LinkView {
            thread: ThreadId::new(id),
            subject: keys.open("thread", "subject_enc", id, &subject),
            patient_name: keys.open("patient", "name_enc", patient, &name),
            status: Status::from_code(status).ok_or_else(|| corrupt("thread", "status", id))?,
            category: Category::from_code(category).ok_or_else(|| corrupt("thread", "category", id))?,
            last_message_at,
            linked_by_name,
            linked_at,
        })
    }
}
